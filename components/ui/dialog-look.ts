/** What lies under a dialog, and the paper of one; `ConfirmDialog` has the same. */
export const BACKDROP_LOOK = "fade fixed inset-0 z-40 bg-veil";
export const POPUP_LOOK =
  "fade fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] -translate-1/2 overflow-y-auto rounded-lg border border-line bg-surface p-5 text-ink shadow-float outline-none";
