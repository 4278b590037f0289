import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { inventoryQuery, readQuery } from "@/lib/http/query";
import { revised } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    const { since } = readQuery(call, inventoryQuery);
    const { inventory } = call.server;
    return revised(call, inventory.revision, () => inventory.changes(since));
  },
});
