import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { revised } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    readQuery(call, noQuery);
    const { inventory } = call.server;
    const { name = "" } = call.params;
    inventory.lookedAt(name);
    return revised(call, inventory.revisionOf(name), () => inventory.host(name));
  },
});
