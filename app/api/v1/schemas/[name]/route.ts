import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { conditional, immutableScript } from "@/lib/http/respond";

/** A schema by its name, or a form's validators as `form.<hash>.js`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "schemas:read");
    readQuery(call, noQuery);
    const { name = "" } = call.params;
    const script = call.server.schemas.script(name);
    return script === null ? conditional(call, call.server.schemas.get(name)) : immutableScript(script);
  },
});
