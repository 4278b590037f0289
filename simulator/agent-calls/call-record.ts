import type { AgentRequest } from "./request";

/** One call as the control API shows it. The guest's configuration is never part of it. */
export interface CallRecord {
  /** UTC, ISO 8601. */
  started: string;
  ended: string | null;
  host: string;
  agent: string;
  operation: string;
  job_id: string;
  deployment_id: string | null;
  spec: Record<string, unknown>;
  exit_code: number | null;
  /** The result's error code; null: none, or no result. */
  error_code: string | null;
}

const RETAINED = 10_000;

/** The latest agent calls on all hosts. */
export class CallRecords {
  readonly #records: CallRecord[] = [];

  begin(host: string, request: AgentRequest, now: number): CallRecord {
    const record: CallRecord = {
      started: new Date(now).toISOString(),
      ended: null,
      host,
      agent: request.agent,
      operation: request.operation,
      job_id: request.job_id,
      deployment_id: request.context?.deployment_id ?? null,
      spec: request.spec,
      exit_code: null,
      error_code: null,
    };
    this.#records.push(record);
    if (this.#records.length > RETAINED) this.#records.shift();
    return record;
  }

  list(): readonly CallRecord[] {
    return this.#records;
  }
}
