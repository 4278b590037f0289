/**
 * The theme lives in a cookie and not in local storage: the server renders it into the page, so that
 * there is no flash and no inline script (the Content-Security-Policy allows none without a nonce).
 */

export const THEME_COOKIE = "aetherv-theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export function isTheme(value: string | undefined): value is Theme {
  return THEMES.some((theme) => theme === value);
}

const listeners = new Set<() => void>();

/** Calls `listener` at each change of the theme, until the function that it gives is called. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme that the page shows; in the browser only. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : "system";
}

/** Shows the theme at once and keeps it for a year. `system` follows the operating system's. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox before 140
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
  for (const listener of listeners) listener();
}
