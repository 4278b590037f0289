import { api } from "@/app/api/api";
import { authorize } from "@/lib/http/authorize";
import { nameCheckQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

/**
 * `GET /vms/name-check?name=…` → `{name, available, message}`: whether a VM may get this name now. It may not
 * if a VM on any host has it, or had it when its host was last read, or if an unfinished job is about to
 * give it; `message` then says where, and is null otherwise. Whether it is a name at all is the schema's
 * matter. The answer reserves nothing.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "inventory:read");
    const { name } = readQuery(call, nameCheckQuery);
    const message = call.server.vms.nameProblem(name);
    return json({ name, available: message === null, message });
  },
});
