import type { Actor, ApiCall } from "./call";
import { requireLoopbackHost } from "./origin";

export type Permission =
  | "health:read"
  | "schemas:read"
  | "inventory:read"
  | "inventory:refresh"
  | "hosts:check"
  | "jobs:read"
  | "jobs:cancel"
  | "vms:create"
  | "vms:update"
  | "vms:delete"
  | "vms:power"
  | "vms:cluster"
  | "vms:initialize"
  | "deployments:create"
  | "deployments:remove";

const LOCAL_OPERATOR: Actor = { name: "local operator" };

/**
 * The one door: every handler passes it before it does anything, and an answer of a handler that did
 * not is withheld. Until authentication is configured there is one operator, whoever reaches the
 * loopback interface by the machine's own name, and every permission is theirs.
 *
 * @throws AethervError `foreign_origin`
 */
export function authorize(call: ApiCall, _permission: Permission): Actor {
  requireLoopbackHost(call.request.headers);
  call.actor = LOCAL_OPERATOR;
  return LOCAL_OPERATOR;
}
