import { api } from "@/app/api/api";
import { AethervError } from "@/lib/domain/errors";
import { authorize } from "@/lib/http/authorize";
import type { ApiCall } from "@/lib/http/call";

/** Every address below /api that no other route takes. */
function nothingHere(call: ApiCall): never {
  authorize(call, "health:read");
  throw new AethervError("not_found", "The API has nothing at this address.");
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: nothingHere,
  POST: nothingHere,
  PUT: nothingHere,
  PATCH: nothingHere,
  DELETE: nothingHere,
});
