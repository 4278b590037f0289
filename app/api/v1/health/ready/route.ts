import { api } from "@/app/api/api";
import { AethervError } from "@/lib/domain/errors";
import { authorize } from "@/lib/http/authorize";
import { noQuery, readQuery } from "@/lib/http/query";
import { json } from "@/lib/http/respond";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET(call) {
    authorize(call, "health:read");
    readQuery(call, noQuery);
    if (call.server.shuttingDown()) throw new AethervError("shutting_down", "The server is shutting down.");
    if (!call.server.ready())
      throw new AethervError("not_ready", "The hosts are being read for the first time.");
    return json({ status: "ready" });
  },
});
