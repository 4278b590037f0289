import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { clusterFields, readFields } from "@/lib/http/body";
import { expectationOf } from "@/lib/http/precondition";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    authorize(call, "vms:cluster");
    const { vms } = call.server;
    const { vm_id = "" } = call.params;
    const expected = expectationOf(call);
    return submit(call, {
      validate: (body) => ({ ok: true, value: readFields(body, clusterFields) }),
      prepare: ({ action }) => vms.cluster(vm_id, action, { expected }),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
