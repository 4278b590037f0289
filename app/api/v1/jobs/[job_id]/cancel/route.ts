import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noFields, readBody, readFields } from "@/lib/http/body";
import { noQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  async POST(call) {
    authorize(call, "jobs:cancel");
    readQuery(call, noQuery);
    readFields(await readBody(call.request, {}), noFields);
    return json(call.server.jobs.cancel(call.params.job_id ?? ""));
  },
});
