import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { readBody, readFields, refreshFields } from "@/lib/http/body";
import { noQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

/** Has one host, or all of them, read again; the inventory shows when that has happened. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  async POST(call) {
    authorize(call, "inventory:refresh");
    readQuery(call, noQuery);
    const { host } = readFields(await readBody(call.request, {}), refreshFields);
    call.server.refreshInventory(host);
    return json({}, { status: 202 });
  },
});
