import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

/**
 * What deleting the VM with its files would do now, asked of its host: `DeletionPlan`, and `next`, what to do about
 * nodes of the cluster that did not say which files they use (null: all did).
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  async GET(call) {
    authorize(call, "inventory:read");
    readQuery(call, noQuery);
    const { vm_id = "" } = call.params;
    return json(await call.server.vms.deletionPlan(vm_id, call.request.signal));
  },
});
