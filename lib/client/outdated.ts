/** What browsers say when a module that a page imports is not there: Chromium, Firefox, Safari. */
const NOT_THERE =
  /Failed to load chunk|Loading (CSS )?chunk|Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed/i;

/**
 * Whether a part of the page's own program could not be loaded: the page is older than the build that the server
 * runs by now, whose files have other names.
 */
export function isOutdated(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === "ChunkLoadError" || NOT_THERE.test(thrown.message));
}
