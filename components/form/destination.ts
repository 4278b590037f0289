import type { ShownRequest } from "@/components/shared/request-texts";
import { type Accepted, checkManagedDeployment, createManagedDeployment } from "@/lib/client/resources";
import type { JsonObject } from "@/lib/domain/json";

/** Where the form's request goes. */
export interface Destination {
  /** By field: why it cannot be changed. */
  fixed: Readonly<Record<string, string>>;
  /** Every check, and nothing is done. */
  check: (body: JsonObject) => Promise<unknown>;
  /** @param idempotencyKey one per intent to submit (see submit-intent.ts) */
  send: (body: JsonObject, idempotencyKey: string) => Promise<Accepted>;
  /** What is sent, for the review; absent: a new deployment. */
  shown?: (body: JsonObject, secrets: ReadonlySet<string>) => ShownRequest;
  /** What the review says has been done by then, and its button. */
  words: { checked: string; send: string; sending: string };
}

export const NEW_DEPLOYMENT: Destination = {
  fixed: {},
  check: checkManagedDeployment,
  send: createManagedDeployment,
  words: { checked: "Nothing has been created yet.", send: "Create VM", sending: "Creating …" },
};
