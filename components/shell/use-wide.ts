import { useSyncExternalStore } from "react";

/** From here on there is room for the sidebar; Tailwind's `lg`. */
const WIDE = "(width >= 64rem)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether the page has its sidebar. On the server nobody knows, and nothing that depends on it is drawn. */
export function useWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => null,
  );
}
