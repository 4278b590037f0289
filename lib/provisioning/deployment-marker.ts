import type { JsonObject } from "@/lib/domain/json";

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
    if (!isObject(marker) || typeof marker.deployment_id !== "string") return null;
    return {
      deployment_id: marker.deployment_id,
      request: isObject(marker.request) ? marker.request : null,
    };
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
