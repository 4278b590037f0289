import { z } from "zod";
import type { Outside } from "../host/outside";
import { SETTLED_STATES } from "../host/power";

const empty = z.looseObject({});
const seconds = z.number().min(0).max(86_400);

interface OutsideRoute {
  method: "POST" | "DELETE";
  path: RegExp;
  run(outside: Outside, vmId: string, body: unknown): void;
}

function route<Body>(
  method: OutsideRoute["method"],
  action: string,
  schema: z.ZodType<Body>,
  run: (outside: Outside, vmId: string, body: Body) => void,
): OutsideRoute {
  return {
    method,
    path: new RegExp(`^/vms/([^/]+)${action}$`),
    run: (outside, vmId, body) => run(outside, vmId, schema.parse(body)),
  };
}

/** What the control API can do to a VM behind AetherV's back, by its id. */
export const OUTSIDE_ROUTES: readonly OutsideRoute[] = [
  route(
    "POST",
    "/migrate",
    z.strictObject({ to: z.string(), seconds: seconds.default(0) }),
    (outside, id, body) => outside.migrate(id, body.to, body.seconds),
  ),
  route("POST", "/replicate", z.strictObject({ to: z.string() }), (outside, id, body) =>
    outside.replicate(id, body.to),
  ),
  route("POST", "/rename", z.strictObject({ name: z.string().min(1).max(100) }), (outside, id, body) =>
    outside.rename(id, body.name),
  ),
  route("POST", "/checkpoint", z.strictObject({ name: z.string().min(1).max(100) }), (outside, id, body) =>
    outside.checkpoint(id, body.name),
  ),
  route("POST", "/state", z.strictObject({ state: z.enum(SETTLED_STATES) }), (outside, id, body) =>
    outside.setState(id, body.state),
  ),
  route("DELETE", "", empty, (outside, id) => outside.delete(id)),
];

/** Body of `POST /hosts/{name}/reboot`. */
export const rebootBody = z.strictObject({ seconds: seconds.default(0) });
