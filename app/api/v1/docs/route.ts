import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { redirect } from "@/lib/http/respond";

/** The reference is a page: the API's own answers are data, and a browser shows nothing of them. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "schemas:read");
    readQuery(call, noQuery);
    return redirect("/docs");
  },
});
