import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { submit } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST(call) {
    authorize(call, "vms:initialize");
    const { initializations, validators } = call.server;
    const { vm_id = "" } = call.params;
    return submit(call, {
      validate: (body) => validators.validate("initialization", body),
      prepare: (fields) => initializations.create(vm_id, fields),
    });
  },
});
