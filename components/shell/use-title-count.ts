import { useEffect } from "react";

/** The tab's title begins with how many notices wait, whatever page sets it. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const mark = count === 0 ? "" : `(${count}) `;
    const show = () => {
      const { title } = document;
      if (title !== "" && !title.startsWith(mark)) document.title = `${mark}${title}`;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      // Only what stands there by itself: a VM may be called `(1) web`.
      if (document.title.startsWith(mark)) document.title = document.title.slice(mark.length);
    };
  }, [count]);
}
