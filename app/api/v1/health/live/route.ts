import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

/** The process answers: whether it can work is asked of /health/ready. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "health:read");
    readQuery(call, noQuery);
    return json({ status: "live" });
  },
});
