import { expect } from "vitest";
import type { Answer, TestSimulation } from "./simulated-host";

/** Calls one agent's operations on one VM of hv01. */
export function caller(simulation: () => TestSimulation, agent: string, vmId: () => string) {
  return (
    operation: string,
    spec: Record<string, unknown> = {},
    context: Record<string, unknown> | null = null,
  ) => simulation().call({ agent, operation, context, spec: { vm_id: vmId(), ...spec } });
}

/** The outputs of an operation that went well. */
export function outputs(answer: Answer): Record<string, unknown> {
  expect(answer.result?.error).toBeNull();
  expect(answer.exitCode).toBe(0);
  return answer.result?.outputs ?? {};
}

/** Code and target of an operation that failed. */
export function failure(answer: Answer): [code: string | undefined, target: string | null | undefined] {
  expect(answer.exitCode).toBe(1);
  return [answer.result?.error?.code, answer.result?.error?.target];
}

/** The texts of one stream's events, in their order. */
export function events(answer: Answer, stream: string): string[] {
  return answer.lines.filter((line) => line.stream === stream).map((line) => String(line.text));
}

/** What the other node of hv01's cluster answers to inventory/files: `spec.other_nodes` of what deletes files. */
export async function otherNodes(simulation: TestSimulation): Promise<Record<string, unknown>[]> {
  const files = { agent: "inventory", operation: "files", spec: {} };
  return [outputs(await simulation.call(files, { host: "hv02" }))];
}
