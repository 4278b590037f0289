import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { jobListQuery, readQuery } from "@/lib/http/query";
import { conditional } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "jobs:read");
    const filter = readQuery(call, jobListQuery);
    return conditional(call, call.server.jobs.list(filter));
  },
});
