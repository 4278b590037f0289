import { isJsonObject, type JsonObject, type JsonValue } from "./json";

/** The block that the agents keep in a VM's Notes (docs/agent-protocol.md, section 5). */
export interface DeploymentMarker {
  deployment_id: string;
  /** The request without its secrets; null once the deployment is complete. */
  request: JsonObject | null;
  /** The step that it has come to, and of how many; null once it is complete. */
  progress: { step: number; steps: number } | null;
  /** When the deployment was complete, UTC; null: it is not, or the block does not say. */
  completed: string | null;
  /** The VHDX that the deployment creates, named before the file is there; null: it has not come to that. */
  disk_path: string | null;
  /** When the deployment began, UTC; null: the block does not say. */
  since: string | null;
  /** Who asked for it; null: the block does not say. */
  actor: string | null;
}

const BLOCK = /^--- aetherv begin ---\r?\n(.*)\r?\n--- aetherv end ---\s*$/ms;

/** null: the notes hold no marker, or somebody edited it beyond recognition. */
export function readMarker(notes: string): DeploymentMarker | null {
  const json = BLOCK.exec(notes)?.[1];
  if (json === undefined) return null;
  try {
    const marker: unknown = JSON.parse(json);
    if (!isJsonObject(marker) || typeof marker.deployment_id !== "string") return null;
    const { deployment_id, request, step, steps, completed, disk_path, since, actor } = marker;
    return {
      deployment_id,
      request: isJsonObject(request) ? request : null,
      progress: typeof step === "number" && typeof steps === "number" ? { step, steps } : null,
      completed: timeOf(completed),
      disk_path: typeof disk_path === "string" ? disk_path : null,
      since: timeOf(since),
      actor: typeof actor === "string" ? actor : null,
    };
  } catch {
    return null;
  }
}

function timeOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
}

/** The text that people wrote: the notes without AetherV's block. */
export function notesWithoutMarker(notes: string): string {
  return notes.replace(BLOCK, "").trim();
}

/** Whether the notes hold AetherV's block, also one that can no longer be read. */
export function holdsMarker(notes: string): boolean {
  return BLOCK.test(notes);
}
