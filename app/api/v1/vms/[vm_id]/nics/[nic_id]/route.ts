import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { expectationOf } from "@/lib/http/precondition";
import { readQuery, submitQuery } from "@/lib/http/query";
import { submit, submitQueried } from "@/lib/http/submit";
import { answerNic } from "@/lib/http/vm-answers";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    return answerNic(call);
  },
  PATCH(call) {
    authorize(call, "vms:update");
    const { nics, vms, validators } = call.server;
    const { vm_id = "", nic_id = "" } = call.params;
    const expected = expectationOf(call);
    return submit(call, {
      validate: (body) => validators.validateUpdate("nic", body),
      prepare: (changes) => nics.update(vm_id, nic_id, changes, { expected }),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
  DELETE(call) {
    authorize(call, "vms:delete");
    const { nics, vms } = call.server;
    const { vm_id = "", nic_id = "" } = call.params;
    const expected = expectationOf(call);
    return submitQueried(call, readQuery(call, submitQuery), {
      prepare: () => nics.delete(vm_id, nic_id, expected),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
