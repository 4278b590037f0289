import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { conditional } from "@/lib/http/respond";

/** The schema of one component's body, and where its validators are. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "schemas:read");
    readQuery(call, noQuery);
    return conditional(call, call.server.schemas.bodyForm(call.params.name ?? ""));
  },
});
