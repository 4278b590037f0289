import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    const actor = authorize(call, "vms:initialize");
    const { initializations, validators } = call.server;
    const { vm_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("initialization", body),
      check: (fields) => initializations.check(vm_id, fields),
      start: (fields) => initializations.create(vm_id, fields, actor.name),
    });
  },
});
