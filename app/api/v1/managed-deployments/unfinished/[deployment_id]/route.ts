import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { readQuery, submitQuery } from "@/lib/http/query";
import { submitQueried } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  DELETE(call) {
    authorize(call, "deployments:remove");
    const { unfinished } = call.server;
    const { deployment_id = "" } = call.params;
    return submitQueried(call, readQuery(call, submitQuery), {
      prepare: () => unfinished.remove(deployment_id),
    });
  },
});
