import { api } from "@/app/api/api";
import { clustersOf } from "@/lib/domain/cluster";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { revised } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    readQuery(call, noQuery);
    const { inventory } = call.server;
    return revised(call, inventory.revision, () => ({ clusters: clustersOf(inventory.hosts()) }));
  },
});
