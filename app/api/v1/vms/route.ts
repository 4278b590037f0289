import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { readQuery, vmListQuery } from "@/lib/http/query";
import { revised } from "@/lib/http/respond";
import { submit } from "@/lib/http/submit";
import { listVms } from "@/lib/http/vm-list";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    const filter = readQuery(call, vmListQuery);
    const { inventory } = call.server;
    return revised(call, inventory.revision, () => listVms(inventory.vms(), filter));
  },
  POST(call) {
    authorize(call, "vms:create");
    const { vms, validators } = call.server;
    return submit(call, {
      validate: (body) => validators.validate("vm", body),
      prepare: (fields) => vms.create(fields),
    });
  },
});
