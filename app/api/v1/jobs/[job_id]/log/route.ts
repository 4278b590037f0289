import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { jobLogQuery, readQuery } from "@/lib/http/query";
import { conditional } from "@/lib/http/respond";

/** What was written after line `after`: a client that follows a job asks for new lines only. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "jobs:read");
    const { after } = readQuery(call, jobLogQuery);
    return conditional(call, call.server.jobs.log(call.params.job_id ?? "", after));
  },
});
