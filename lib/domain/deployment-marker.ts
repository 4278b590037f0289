import { isJsonObject, type JsonObject } from "./json";

/** The block that the agents keep in a VM's Notes (docs/agent-protocol.md, section 5). */
export interface DeploymentMarker {
  deployment_id: string;
  /** The request without its secrets; null once the deployment is complete. */
  request: JsonObject | null;
}

const BLOCK = /^--- aetherv begin ---\r?\n(.*)\r?\n--- aetherv end ---\s*$/ms;

/** null: the notes hold no marker, or somebody edited it beyond recognition. */
export function readMarker(notes: string): DeploymentMarker | null {
  const json = BLOCK.exec(notes)?.[1];
  if (json === undefined) return null;
  try {
    const marker: unknown = JSON.parse(json);
    if (!isJsonObject(marker) || typeof marker.deployment_id !== "string") return null;
    return {
      deployment_id: marker.deployment_id,
      request: isJsonObject(marker.request) ? marker.request : null,
    };
  } catch {
    return null;
  }
}

/** The text that people wrote: the notes without AetherV's block. */
export function notesWithoutMarker(notes: string): string {
  return notes.replace(BLOCK, "").trim();
}
