import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { expectationOf } from "@/lib/http/precondition";
import { diskDeletionQuery, readQuery } from "@/lib/http/query";
import { submit, submitQueried } from "@/lib/http/submit";
import { answerDisk } from "@/lib/http/vm-answers";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    return answerDisk(call);
  },
  PATCH(call) {
    authorize(call, "vms:update");
    const { disks, vms, validators } = call.server;
    const { vm_id = "", disk_id = "" } = call.params;
    const expected = expectationOf(call);
    return submit(call, {
      validate: (body) => validators.validateUpdate("disk", body),
      prepare: (changes) => disks.update(vm_id, disk_id, changes, expected),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
  DELETE(call) {
    authorize(call, "vms:delete");
    const { disks, vms } = call.server;
    const { vm_id = "", disk_id = "" } = call.params;
    const expected = expectationOf(call);
    return submitQueried(call, readQuery(call, diskDeletionQuery), {
      prepare: ({ delete_file }) => disks.delete(vm_id, disk_id, { delete_file }, expected),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
