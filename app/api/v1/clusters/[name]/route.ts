import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { clusterNamed } from "@/lib/http/cluster-named";
import { noQuery, readQuery } from "@/lib/http/query";
import { revised } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    readQuery(call, noQuery);
    const { inventory } = call.server;
    const cluster = clusterNamed(inventory.hosts(), call.params.name ?? "");
    return revised(call, inventory.revision, () => cluster);
  },
});
