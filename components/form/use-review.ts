import { useEffect, useState } from "react";
import type { JsonObject } from "@/lib/domain/json";

const HASH = "#review";

/** The request under review, as a step of the browser's history: Back leads to the form and not away from it. */
export function useReview() {
  const [body, setBody] = useState<JsonObject | null>(null);
  useEffect(() => {
    const onPop = () => {
      if (window.location.hash !== HASH) setBody(null);
    };
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);

  function open(next: JsonObject): void {
    if (window.location.hash !== HASH) window.history.pushState(null, "", HASH);
    setBody(next);
  }

  function close(): void {
    setBody(null);
    if (window.location.hash === HASH) window.history.back();
  }

  return { body, open, close };
}
