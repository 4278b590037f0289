import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { inventoryQuery, readQuery } from "@/lib/http/query";
import { conditional } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    const { since } = readQuery(call, inventoryQuery);
    return conditional(call, call.server.inventory.changes(since));
  },
});
