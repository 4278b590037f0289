import { useLayoutEffect } from "react";

/**
 * The tab is called by the VM's name. The page's own title may come later than the name, which is known from
 * the lists at once, and does not replace it.
 *
 * @param name undefined: not known yet
 */
export function useVmTitle(name: string | undefined): void {
  useLayoutEffect(() => {
    if (name === undefined) return;
    const wanted = `${name} · AetherV`;
    const show = () => {
      // Before it may stand how many notices wait (components/shell/use-title-count.ts).
      if (!document.title.endsWith(wanted)) document.title = wanted;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [name]);
}
