import type { Destination } from "@/components/form/destination";
import { valuesOfRequest } from "@/components/form/prefill";
import type { Start } from "@/components/form/start";
import { shownRequest } from "@/components/shared/request-texts";
import { FormDraft } from "@/lib/client/form-draft";
import { checkContinuation, continueDeployment } from "@/lib/client/unfinished";
import type { JsonObject } from "@/lib/domain/json";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";

/** Said at each field that asks for what is there. */
const THERE = "Fixed: it is there already.";

/** The form of a deployment that goes on: as its VM's notes have it, or as it was typed the last time. */
export function startOf(schema: JsonObject, { deployment_id, request }: UnfinishedDeployment): Start {
  const draft = new FormDraft(`continue:${deployment_id}`);
  const kept = draft.read();
  const began = valuesOfRequest(schema, request);
  return {
    values: kept === null ? began : kept.values,
    draft,
    restoredFrom: kept?.saved_at ?? null,
    source: null,
    failure: null,
  };
}

export function continuationOf({ deployment_id, fixed_fields }: UnfinishedDeployment): Destination {
  return {
    fixed: Object.fromEntries(fixed_fields.map((name) => [name, THERE])),
    check: (body) => checkContinuation(deployment_id, body),
    send: (body, idempotencyKey) => continueDeployment(deployment_id, body, idempotencyKey),
    shown: (body, secrets) =>
      shownRequest(
        "POST /managed-deployments/unfinished/{deployment_id}/continuation",
        { path: { deployment_id }, body },
        { secrets },
      ),
    words: { checked: "Nothing more has been done yet.", send: "Continue", sending: "Starting …" },
  };
}
