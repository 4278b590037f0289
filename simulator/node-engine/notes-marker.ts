import type { VirtualMachine } from "../host/model";
import type { AgentContext } from "./agent-context";
import { toAscii } from "./event-writer";

const BEGIN = "--- aetherv begin ---";
const END = "--- aetherv end ---";

/**
 * Brings the block of docs/agent-protocol.md, section 5, in a VM's Notes up to this call's step. Outside a
 * managed deployment nothing is written.
 *
 * @param extra what this step adds, such as `disk_path`; what earlier steps added stays.
 */
export function markStep(
  context: AgentContext,
  vm: VirtualMachine,
  extra: Record<string, unknown> = {},
): void {
  const deployment = context.request.context;
  if (deployment === null || deployment === undefined) return;
  const { deployment_id, step, steps, request } = deployment;
  const before = readMarker(vm.notes);
  const kept = before?.deployment_id === deployment_id ? before : {};
  vm.notes = writeMarker(vm.notes, {
    ...kept,
    deployment_id,
    step,
    steps,
    ...(request === undefined ? {} : { request }),
    ...extra,
  });
}

/** Shrinks the block to a line of provenance; outside a managed deployment nothing is written. */
export function markCompleted(context: AgentContext, vm: VirtualMachine): void {
  const deployment = context.request.context;
  if (deployment === null || deployment === undefined) return;
  vm.notes = writeMarker(vm.notes, {
    deployment_id: deployment.deployment_id,
    completed: new Date(context.fleet.clock.now()).toISOString(),
  });
}

/** What stands in the block; null: there is none, or it is not JSON. */
export function readMarker(notes: string): Record<string, unknown> | null {
  const range = markerRange(notes);
  if (range === null) return null;
  try {
    return JSON.parse(notes.slice(range.start + BEGIN.length, range.end - END.length));
  } catch {
    return null;
  }
}

/** The Notes with the block replaced, or appended where there was none. */
export function writeMarker(notes: string, marker: Record<string, unknown>): string {
  const block = `${BEGIN}\n${toAscii(JSON.stringify(marker))}\n${END}`;
  const range = markerRange(notes);
  if (range !== null) return notes.slice(0, range.start) + block + notes.slice(range.end);
  return notes === "" ? block : `${notes}\n${block}`;
}

function markerRange(notes: string): { start: number; end: number } | null {
  const start = notes.indexOf(BEGIN);
  const end = start === -1 ? -1 : notes.indexOf(END, start);
  return end === -1 ? null : { start, end: end + END.length };
}
