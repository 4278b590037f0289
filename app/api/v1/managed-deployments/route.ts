import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    authorize(call, "deployments:create");
    const { deployments, validators } = call.server;
    return submit(call, {
      validate: (body) => validators.validate("managed_deployment", body),
      prepare: (fields) => deployments.create(fields),
    });
  },
});
