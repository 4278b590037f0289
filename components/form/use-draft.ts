import { useEffect } from "react";
import type { FormDraft } from "@/lib/client/form-draft";

/** Writes what waits to be written before the page goes, by whatever way. */
export function useDraftFlush(draft: FormDraft): void {
  useEffect(() => {
    const flush = () => draft.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [draft]);
}
