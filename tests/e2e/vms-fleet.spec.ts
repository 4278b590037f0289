import { test as base, expect, type Page } from "@playwright/test";
import type { InventoryChanges, VmSummary } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";
import { eventually } from "../support/eventually";
import { Stack } from "../support/stack";

const table = (page: Page) => page.getByRole("table", { name: "Virtual machines" });
const region = (page: Page) => page.getByRole("region", { name: "Virtual machines" });
const names = (page: Page) => table(page).getByRole("rowheader");
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter VMs" });
const head = (page: Page, name: string) => table(page).getByRole("columnheader", { name, exact: true });
/** A window of rows and what is rendered around it, however many VMs there are. */
const WINDOW = 80;

async function scrollTo(page: Page, end: "top" | "bottom"): Promise<void> {
  await region(page).evaluate(
    (element, to) => element.scrollTo({ top: to === "top" ? 0 : element.scrollHeight }),
    end,
  );
}

async function expectEnds(page: Page, expected: readonly VmSummary[]): Promise<void> {
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(expected.length + 1));
  await scrollTo(page, "top");
  await expect(names(page).first()).toHaveText(expected[0]?.vm_name ?? "");
  await scrollTo(page, "bottom");
  await expect(names(page).last()).toHaveText(expected.at(-1)?.vm_name ?? "");
  expect(await names(page).count()).toBeLessThan(WINDOW);
  const last = table(page).getByRole("row").last();
  await expect(last).toHaveAttribute("aria-rowindex", String(expected.length + 1));
}

/** All are selected at once, in view or not, and what can be done with them is counted. */
async function expectSelectable(page: Page, all: readonly VmSummary[]): Promise<void> {
  const count = new Intl.NumberFormat("en").format(all.length);
  const bar = page.getByRole("region", { name: "Selected VMs" });
  await page.getByRole("checkbox", { name: `Select all ${count} VMs` }).check();
  await expect(bar.getByRole("status")).toContainText(`${count} VMs selected`);
  for (const end of ["bottom", "top"] as const) {
    await scrollTo(page, end);
    await expect(table(page).getByRole("checkbox").nth(1)).toBeChecked();
  }
  await bar.getByRole("button", { name: "Power" }).click();
  await expect(page.getByRole("menuitem", { name: /^Start … [\d,]+ of / })).toContainText(`of ${count}`);
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toBeHidden();
}

/** Everything, once each host was read. */
async function inventoryOf(stack: Stack): Promise<InventoryChanges> {
  return eventually(async () => {
    const { body } = await stack.api<InventoryChanges>("/inventory");
    return body.hosts.every(({ state }) => state !== "pending") && body;
  }, "every host to be read");
}

const byName = (one: VmSummary, other: VmSummary) =>
  compareNames(one.vm_name, other.vm_name) || compareNames(one.vm_id, other.vm_id);

/** Each fleet is its own simulator and application. */
const test = base.extend<{ fleet: (hosts: number, vms: number) => Promise<Stack> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern that names what the fixture needs
  fleet: async ({}, use) => {
    const started: Stack[] = [];
    await use(async (hosts, vms) => {
      const flags = ["--seed", "fleet", "--hosts", String(hosts), "--vms", String(vms)];
      const stack = await Stack.start({ simulator: { flags } });
      started.push(stack);
      return stack;
    });
    for (const stack of started) await stack.stop();
  },
});

test.describe.configure({ timeout: 240_000 });

for (const [hosts, vms] of [
  [20, 1_000],
  [100, 10_000],
] as const) {
  test(`of ${vms} VMs on ${hosts} hosts a window is rendered; search, filter and order are right to both ends`, async ({
    page,
    fleet,
  }) => {
    const stack = await fleet(hosts, vms);
    const before = await inventoryOf(stack);
    const down = [before.hosts[1]?.name ?? "", before.hosts[3]?.name ?? ""];
    for (const host of down) {
      await stack.simulator.power(host, false);
      await stack.api("/inventory/refresh", { body: { host } });
    }
    const all = await eventually(async () => {
      const { body } = await stack.api<InventoryChanges>("/inventory");
      const unread = body.hosts.filter(({ state }) => state === "unreachable");
      return unread.length === down.length && body.vms.sort(byName);
    }, "two hosts to be found not to answer");
    expect(all).toHaveLength(vms);

    await page.goto(`${stack.url}/vms`);
    const total = new Intl.NumberFormat("en").format(vms);
    await expect(page.getByText(`${total} VMs on ${hosts} hosts`)).toBeVisible();
    await expectEnds(page, all);
    await expectSelectable(page, all);

    const stale = all.filter(({ host }) => down.includes(host));
    await page.getByRole("button", { name: "Show their VMs alone" }).click();
    await expectEnds(page, stale);
    await page.goBack();
    await expectEnds(page, all);

    await scrollTo(page, "top");
    await head(page, "Memory").getByRole("button").click();
    const memoryOf = (vm: VmSummary) => vm.memory_assigned_bytes || vm.memory_startup_bytes;
    await expectEnds(
      page,
      [...all].sort((a, b) => memoryOf(b) - memoryOf(a)),
    );

    await filter(page).fill("state:off web");
    const found = all.filter((vm) => vm.state === "off" && JSON.stringify(vm).toLowerCase().includes("web"));
    await expect(table(page)).toHaveAttribute("aria-rowcount", String(found.length + 1));
    await expect(page.getByText(`${found.length} of ${total} VMs`)).toBeVisible();
    await filter(page).fill("");

    await page.getByRole("search", { name: "VMs" }).getByRole("button", { name: "State" }).click();
    // What is only known from before counts as that, and not as the state that it had.
    const off = all.filter(({ state, host }) => state === "off" && !down.includes(host));
    const count = new RegExp(`^off ${off.length}$`);
    await page.getByRole("menuitemcheckbox", { name: count }).click();
    await page.keyboard.press("Escape");
    await head(page, "Name").getByRole("button").click();
    await expectEnds(page, off);

    await scrollTo(page, "top");
    await expect(names(page).first()).toHaveText(off[0]?.vm_name ?? "");
    const link = names(page).nth(3).getByRole("link");
    const name = await link.textContent();
    await link.focus();
    await scrollTo(page, "bottom");
    await expect(names(page).last()).toHaveText(off.at(-1)?.vm_name ?? "");
    await expect(page.locator(":focus"), "what has the focus stays").toHaveText(name ?? "");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name ?? "");
    await page.goBack();
    await expect(table(page)).toHaveAttribute("aria-rowcount", String(off.length + 1));
  });
}
