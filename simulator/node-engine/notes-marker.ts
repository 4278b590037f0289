import { toAscii } from "../agent-calls/event-writer";
import type { VirtualMachine } from "../host/model";
import type { AgentContext } from "./agent-context";

const BEGIN = "--- aetherv begin ---";
const END = "--- aetherv end ---";
/** Its two lines count only as whole lines: a value of the request can hold the same words. */
const BLOCK = new RegExp(`^${BEGIN}\\r?\\n([^]*?)^${END}(?=\\r?$)`, "m");

/**
 * Brings the block of docs/agent-protocol.md, section 5, in a VM's Notes up to this call's step. Outside a
 * managed deployment nothing is written.
 *
 * @param extra what this step adds; the `disk_path` of an earlier step stays.
 */
export function markStep(
  context: AgentContext,
  vm: VirtualMachine,
  extra: { disk_path?: string } = {},
): void {
  const deployment = context.request.context;
  if (deployment === null || deployment === undefined) return;
  const { deployment_id, step, steps, since, actor, request } = deployment;
  const before = readMarker(vm.notes);
  const path = before?.deployment_id === deployment_id ? before.disk_path : undefined;
  vm.notes = writeMarker(vm.notes, {
    deployment_id,
    step,
    steps,
    ...(since === undefined ? {} : { since }),
    ...(actor === undefined ? {} : { actor }),
    ...(request === undefined ? {} : { request }),
    ...(path === undefined ? {} : { disk_path: path }),
    ...extra,
  });
}

/**
 * The step is done: after the deployment's last one the block shrinks to a line of provenance, after another
 * it stays whole. Outside a managed deployment nothing is written.
 */
export function markCompleted(context: AgentContext, vm: VirtualMachine): void {
  const deployment = context.request.context;
  if (deployment === null || deployment === undefined) return;
  if (deployment.step !== deployment.steps) {
    markStep(context, vm);
    return;
  }
  vm.notes = writeMarker(vm.notes, {
    deployment_id: deployment.deployment_id,
    completed: new Date(context.fleet.clock.now()).toISOString(),
  });
}

/** What stands in the block; null: there is none, or it is not JSON. */
export function readMarker(notes: string): Record<string, unknown> | null {
  const text = BLOCK.exec(notes)?.[1];
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The Notes with the block replaced, or appended where there was none. */
export function writeMarker(notes: string, marker: Record<string, unknown>): string {
  const block = `${BEGIN}\n${toAscii(JSON.stringify(marker))}\n${END}`;
  if (BLOCK.test(notes)) return notes.replace(BLOCK, () => block);
  return notes === "" ? block : `${notes}\n${block}`;
}
