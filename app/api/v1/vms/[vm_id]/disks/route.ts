import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    const actor = authorize(call, "vms:create");
    const { disks, validators } = call.server;
    const { vm_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("disk", body),
      check: (fields) => disks.check(vm_id, fields),
      start: (fields) => disks.create(vm_id, fields, actor.name),
    });
  },
});
