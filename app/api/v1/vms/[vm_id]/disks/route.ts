import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";
import { answerDisks } from "@/lib/http/vm-answers";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    return answerDisks(call);
  },
  POST(call) {
    authorize(call, "vms:create");
    const { disks, vms, validators } = call.server;
    const { vm_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("disk", body),
      prepare: (fields) => disks.create(vm_id, fields),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
