import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A theme changes colours and nothing else, so that all the other rules are asked once. */
const ASKED = [
  { theme: "light", runOnly: { type: "tag", values: STANDARDS } },
  { theme: "dark", runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } },
] as const;

/**
 * axe finds nothing on the page as it stands, in either theme.
 *
 * @param within a selector: of the page, only what it finds is asked about
 */
export async function expectNoViolations(page: Page, state: string, within = "html"): Promise<void> {
  for (const { theme, runOnly } of ASKED) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page })
      .include(within)
      .options({ runOnly: { type: runOnly.type, values: [...runOnly.values] } })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(found, `${state}, ${theme}`).toEqual([]);
  }
}

/** Nothing but what scrolls by itself is wider than the window. */
export async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, state).toBeLessThanOrEqual(0);
}

/** Both: axe as the page stands, then the width of a phone, or of a window at 400 %. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await expectNoViolations(page, state);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page, `${state}, 320 px`);
  await page.setViewportSize({ width: 1280, height: 800 });
}
