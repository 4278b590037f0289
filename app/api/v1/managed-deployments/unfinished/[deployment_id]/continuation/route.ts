import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    authorize(call, "deployments:create");
    const { unfinished, validators } = call.server;
    const { deployment_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("managed_deployment", body),
      prepare: (fields) => unfinished.continue(deployment_id, fields),
      look: () => unfinished.look(deployment_id, call.request.signal),
    });
  },
});
