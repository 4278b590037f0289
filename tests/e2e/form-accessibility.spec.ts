import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";
import type { NewVmPage } from "./support/new-vm-page";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const LONG_NAME = "a".repeat(63);

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARD).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBe(0);
}

/** The states of the form, each with how one gets there. */
const STATES: Record<string, (page: Page, newVm: NewVmPage) => Promise<void>> = {
  empty: async (page, newVm) => {
    await newVm.open();
    await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeVisible();
  },
  errors: async (page, newVm) => {
    await newVm.open();
    await newVm.submit();
    await expect(page.getByRole("heading", { name: "5 things to correct" })).toBeVisible();
  },
  "long content": async (_page, newVm) => {
    await newVm.open();
    await newVm.fill({
      ...LINUX_VM,
      Memory: "999",
      Name: LONG_NAME,
      Domain: `${"b".repeat(60)}.example.com`,
    });
    await newVm.submit();
  },
  loading: async (page) => {
    await page.route("**/api/v1/inventory*", () => new Promise(() => {}));
    await page.goto("/vms/new");
    await expect(page.getByText("Reading what the hosts offer").first()).toBeAttached();
  },
  "inventory failed": async (page, newVm) => {
    await page.route("**/api/v1/inventory*", (route) => route.abort());
    await newVm.open();
    await expect(page.getByText("The hosts could not be read.").first()).toBeVisible();
  },
  review: async (page, newVm) => {
    await newVm.open();
    await newVm.fill({ ...LINUX_VM, Name: LONG_NAME });
    await newVm.submit();
    await expect(page.getByRole("heading", { name: `Review ${LONG_NAME}` })).toBeVisible();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [state, arrive] of Object.entries(STATES)) {
      test(`the form in the state “${state}” meets WCAG 2.2 AA`, async ({ page, newVm }) => {
        await arrive(page, newVm);
        await expectAccessible(page);
      });
    }
  });
}

// 400 % zoom of a window that is 1280 wide shows 320 CSS pixels (WCAG 2.2, 1.4.10).
test.describe("at 320 CSS px", () => {
  test.use({ viewport: { width: 320, height: 256 } });
  for (const [state, arrive] of Object.entries(STATES)) {
    test(`the form in the state “${state}” does not scroll sideways`, async ({ page, newVm }) => {
      await arrive(page, newVm);
      await expectNoSidewaysScrolling(page);
    });
  }
});

test("a VM is deployed by keyboard alone", async ({ page, newVm, endOf }) => {
  await newVm.open();
  await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeVisible();
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (label: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await press("Tab");
      const found = await page.evaluate((wanted) => {
        const focused = document.activeElement as HTMLInputElement | null;
        const text = focused?.labels?.[0]?.textContent ?? focused?.textContent ?? "";
        return text.startsWith(wanted);
      }, label);
      if (found) return;
    }
    throw new Error(`Tab never came to ${label}.`);
  };
  await tabTo("Name");
  await page.keyboard.type("keyboard-01");
  await tabTo("Windows");
  await press("ArrowRight");
  await tabTo("hv01");
  await press("Space");
  await tabTo("Image");
  await page.keyboard.type("Debian");
  await tabTo("Network");
  await page.keyboard.type("Servers");
  await tabTo("Review");
  await press("Enter");
  await expect(page.getByRole("heading", { name: "Review keyboard-01" })).toBeFocused();
  await tabTo("Create VM");
  await press("Enter");
  await page.waitForURL(/\/jobs\/[^/]+$/);
  const job = await endOf(decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? ""));
  expect(job.state).toBe("succeeded");
  expect(job.request).toMatchObject({ os_family: "linux", target_host: "hv01", image_name: "Debian 12" });
});
