import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noFields, readBody, readFields } from "@/lib/http/body";
import { readQuery, submitQuery } from "@/lib/http/query";
import { submitQueried } from "@/lib/http/submit";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  async POST(call) {
    authorize(call, "hosts:check");
    const query = readQuery(call, submitQuery);
    readFields(await readBody(call.request, {}), noFields);
    const { checks } = call.server;
    const { name = "" } = call.params;
    return submitQueried(call, query, { prepare: () => checks.prepare(name) });
  },
});
