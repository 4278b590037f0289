import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { expectationOf } from "@/lib/http/precondition";
import { readQuery, vmDeletionQuery } from "@/lib/http/query";
import { submit, submitQueried } from "@/lib/http/submit";
import { answerVm } from "@/lib/http/vm-answers";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    return answerVm(call);
  },
  PATCH(call) {
    authorize(call, "vms:update");
    const { vms, validators } = call.server;
    const { vm_id = "" } = call.params;
    const expected = expectationOf(call);
    return submit(call, {
      validate: (body) => validators.validateUpdate("vm", body),
      prepare: (changes) => vms.update(vm_id, changes, expected),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
  DELETE(call) {
    authorize(call, "vms:delete");
    const { vms } = call.server;
    const { vm_id = "" } = call.params;
    const expected = expectationOf(call);
    return submitQueried(call, readQuery(call, vmDeletionQuery), {
      prepare: ({ delete_files, turn_off }) => vms.delete(vm_id, { delete_files, turn_off }, expected),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
