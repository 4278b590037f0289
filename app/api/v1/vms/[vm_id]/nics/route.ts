import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";
import { answerNics } from "@/lib/http/vm-answers";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    return answerNics(call);
  },
  POST(call) {
    authorize(call, "vms:create");
    const { nics, vms, validators } = call.server;
    const { vm_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("nic", body),
      prepare: (fields) => nics.create(vm_id, fields),
      look: () => vms.read(vm_id, call.request.signal),
    });
  },
});
