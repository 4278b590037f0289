import { useLayoutEffect } from "react";

/**
 * Calls the tab by what the page has read of its subject. The title that Next.js writes for the page may come later
 * than that, and does not replace it.
 *
 * @param title without the application's name; undefined: not known yet
 */
export function usePageTitle(title: string | undefined): void {
  useLayoutEffect(() => {
    if (title === undefined) return;
    const wanted = asRead(`${title} · AetherV`);
    const show = () => {
      // Before it may stand how many notices wait (components/shell/use-title-count.ts).
      if (!document.title.endsWith(wanted)) document.title = wanted;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}

/** As `document.title` gives it back, blanks stripped and collapsed (HTML): of a name anything else may never be read. */
function asRead(title: string): string {
  return title.replace(/[\t\n\f\r ]+/g, " ").replace(/^ | $/g, "");
}
