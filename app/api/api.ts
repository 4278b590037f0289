import { createApi } from "@/lib/http/route";
import { getServer } from "@/lib/server";

/** Makes the exports of a `route.ts` from the handlers of its methods. */
export const api = createApi(getServer);
