import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    const actor = authorize(call, "deployments:create");
    const { deployments, validators } = call.server;
    return submit(call, {
      validate: (body) => validators.validate("managed_deployment", body),
      check: (fields) => deployments.check(fields),
      start: (fields) => deployments.create(fields, actor.name),
    });
  },
});
