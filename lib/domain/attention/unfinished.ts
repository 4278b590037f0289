import type { UnfinishedDeployment } from "../unfinished-deployment";
import type { AttentionItem } from "./item";

/** A deployment that nobody carries on with holds its name and its room, and is easily forgotten. */
export function attentionOfUnfinished(deployments: readonly UnfinishedDeployment[]): AttentionItem[] {
  return deployments.map(({ deployment_id, vm_name, host, progress, since }) => ({
    id: `unfinished/${deployment_id}`,
    kind: "deployment_unfinished",
    severity: "warning",
    place: { kind: "unfinished", deployment_id, name: vm_name },
    what: `The deployment of ${vm_name} on ${host} stopped in step ${progress.step} of ${progress.steps}.`,
    next: "Continue it, or remove what it has made.",
    since,
  }));
}
