import { expect, type Locator, type Page } from "@playwright/test";
import type { InventoryChanges } from "@/lib/domain/inventory";
import { eventually } from "../support/eventually";
import type { Stack } from "../support/stack";
import { expectNoSidewaysScroll, expectNoViolations } from "./support/accessibility";
import { test } from "./support/fixtures";

test.use({
  stackOptions: { simulator: { flags: ["--seed", "fleet", "--hosts", "10", "--vms", "600"] } },
});

/** The whole fleet, once every host has been read. */
function fleet(stack: Stack): Promise<InventoryChanges> {
  return eventually(async () => {
    const { body } = await stack.api<InventoryChanges>("/inventory");
    return body.hosts.every(({ state }) => state === "online") && body;
  }, "every host to be read");
}

const tree = (page: Page): Locator => page.getByRole("tree", { name: "Hosts and VMs" });
/** The row of what is called so. @param how what it says of itself */
const item = (page: Page, name: string, how = ""): Locator =>
  tree(page).getByRole("treeitem", { name: new RegExp(`^${escaped(name)}, .*${how}`) });
const paletteInput = (page: Page): Locator => page.getByRole("combobox", { name: /^Search pages/ });

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(paletteInput(page)).toBeFocused();
}

/** What the console complains about, a violation of the Content-Security-Policy among them. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

test("the tree leads from a cluster to a VM by keyboard alone, and remembers what is open", async ({
  page,
  stack,
}) => {
  await fleet(stack);
  const complaints = complaintsOf(page);
  await page.goto("/jobs");
  const cluster = tree(page).getByRole("treeitem", { level: 1 }).first();
  await expect(cluster).toHaveAttribute("aria-expanded", "true");
  const filter = page.getByRole("searchbox", { name: "Filter hosts and VMs" });
  await filter.focus();
  await page.keyboard.press("Tab");
  await expect(cluster).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(cluster).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(cluster).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press(" ");
  await expect(cluster).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowRight");
  const host = tree(page).getByRole("treeitem", { level: 2 }).first();
  await expect(host).toBeFocused();
  await expect(host).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(host).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  const first = tree(page).getByRole("treeitem", { level: 3 }).first();
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(host).toBeFocused();

  await page.keyboard.press("End");
  await expect(tree(page).getByRole("treeitem").last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(cluster).toBeFocused();

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/vms\/[^/]+$/);
  await expect(first).toHaveAttribute("aria-current", "page");
  await page.reload();
  await expect(first).toHaveAttribute("aria-current", "page");
  await expect(host).toHaveAttribute("aria-expanded", "true");
  expect(complaints).toEqual([]);
});

test("letters lead to the next row that begins with them", async ({ page, stack }) => {
  const { hosts } = await fleet(stack);
  await page.goto("/jobs");
  const cluster = tree(page).getByRole("treeitem", { level: 1 }).first();
  await cluster.focus();
  const third = hosts.filter(({ record }) => record?.cluster === hosts[0]?.record?.cluster)[2]?.name ?? "";
  await page.keyboard.type(third);
  await expect(item(page, third)).toBeFocused();
});

test("of hundreds of rows those in view are drawn, and the focus stays however far one scrolls", async ({
  page,
  stack,
}) => {
  const { vms, hosts } = await fleet(stack);
  await page.addInitScript(
    (keys) => localStorage.setItem("aetherv.tree", JSON.stringify(Object.fromEntries(keys))),
    hosts.map(({ name }) => [`h:${name}`, true] as const),
  );
  await page.goto("/jobs");
  const items = tree(page).getByRole("treeitem");
  await items.first().focus();
  await page.keyboard.press("End");
  await expect(items.last()).toBeFocused();
  await expect(items.last()).toBeInViewport();
  await page.mouse.move(100, 500);
  await page.mouse.wheel(0, -100_000);
  await expect(items.first()).toBeInViewport();
  await expect(tree(page).locator(":focus")).toHaveCount(1);
  const drawn = await items.count();
  expect(drawn).toBeGreaterThan(10);
  expect(drawn).toBeLessThan(80);
  expect(drawn).toBeLessThan(vms.length);
});

test("the filter leaves what is called so and the way to it", async ({ page, stack }) => {
  const { vms } = await fleet(stack);
  const wanted = vms[300];
  if (wanted === undefined) throw new Error("The fleet is smaller than it should be.");
  await page.goto("/jobs");
  const filter = page.getByRole("searchbox", { name: "Filter hosts and VMs" });
  await filter.fill(wanted.vm_name.toUpperCase());
  await expect(item(page, wanted.vm_name)).toBeVisible();
  await expect(item(page, wanted.host)).toHaveAttribute("aria-expanded", "true");
  await filter.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/vms\/[^/]+$/);
  await filter.fill("there is no such thing");
  await expect(page.getByText("Nothing has this in its name.")).toBeVisible();
});

test("the palette finds and goes by keyboard alone, and gives the focus back", async ({ page, stack }) => {
  const { vms, hosts } = await fleet(stack);
  const vm = vms.find(({ ip_addresses }) => ip_addresses.length > 0);
  const host = hosts[4];
  if (vm === undefined || host === undefined) throw new Error("The fleet is not what it should be.");
  const complaints = complaintsOf(page);
  await page.goto("/jobs");
  await page.getByRole("link", { name: "Jobs", exact: true }).focus();

  await openPalette(page);
  await page.keyboard.type(vm.vm_name);
  await expect(
    page.getByRole("option", { name: new RegExp(`^${escaped(vm.vm_name)}`) }).first(),
  ).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/vms/${vm.vm_id}$`));

  await openPalette(page);
  await page.keyboard.type(vm.ip_addresses[0] ?? "");
  await expect(page.getByRole("option", { name: new RegExp(escaped(vm.vm_name)) })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(paletteInput(page)).toBeHidden();

  await page.goto("/jobs");
  const link = page.getByRole("link", { name: "Jobs", exact: true });
  await link.focus();
  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(link).toBeFocused();

  await openPalette(page);
  await page.keyboard.type(host.name);
  await expect(page.getByRole("option").first()).toContainText(host.name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/hosts/${host.name}$`));

  await openPalette(page);
  await page.keyboard.type("new vm");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New VM" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a part that cannot be loaded is missing alone, and comes with the network", async ({
  page,
  context,
}) => {
  await page.goto("/jobs");
  await expect(page.getByRole("tree")).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("alert").filter({ hasText: "The search cannot be shown" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
  await context.setOffline(false);
  await expect(paletteInput(page)).toBeVisible();
});

test("the theme is kept, and the server draws the page in it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/jobs");
  const html = page.locator("html");
  await page.getByTitle("Dark theme").click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  const dark = await page.evaluate(
    () => getComputedStyle(document.body.parentElement as Element).backgroundColor,
  );
  const answer = await page.reload();
  expect(await answer?.text()).toContain('data-theme="dark"');
  await expect(page.getByRole("radio", { name: "Dark theme" })).toBeChecked();

  await openPalette(page);
  await page.keyboard.type("system theme");
  await page.keyboard.press("Enter");
  await expect(html).not.toHaveAttribute("data-theme");
  await expect(page.getByRole("radio", { name: "System theme" })).toBeChecked();
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor);
  expect(await background()).not.toBe(dark);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await background()).toBe(dark);
});

test("on a phone all of it is in a drawer, which the next page closes", async ({ page, stack }) => {
  const { vms } = await fleet(stack);
  const complaints = complaintsOf(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/jobs");
  await expect(tree(page)).toHaveCount(0);
  const button = page.getByRole("button", { name: "Menu" });
  await button.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Menu" });
  await expect(drawer.getByRole("tree")).toBeVisible();
  await expect(drawer.locator(":focus")).toHaveCount(1);
  await expectNoSidewaysScroll(page, "drawer at 320 px");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(button).toBeFocused();

  await button.click();
  await drawer.getByRole("searchbox").fill(vms[0]?.vm_name ?? "");
  await item(page, vms[0]?.vm_name ?? "").click();
  await expect(page).toHaveURL(/\/vms\/[^/]+$/);
  await expect(drawer).toBeHidden();
  await button.click();
  await drawer.getByRole("link", { name: "Hosts", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hosts" })).toBeVisible();
  await expect(drawer).toBeHidden();

  await page.getByRole("button", { name: "Search" }).click();
  await expect(paletteInput(page)).toBeFocused();
  await expectNoSidewaysScroll(page, "palette at 320 px");
  expect(complaints).toEqual([]);
});

test("axe finds nothing in tree, palette and drawer, in either theme", async ({ page, stack }) => {
  await fleet(stack);
  await page.goto("/jobs");
  const host = tree(page).getByRole("treeitem", { level: 2 }).first();
  await host.focus();
  await page.keyboard.press("ArrowRight");
  await expect(tree(page).getByRole("treeitem", { level: 3 }).first()).toBeVisible();
  await expectNoViolations(page, "tree");
  await openPalette(page);
  await expectNoViolations(page, "palette");
  await page.keyboard.type("01");
  await expect(page.getByRole("option").nth(5)).toBeVisible();
  await expectNoViolations(page, "palette with results");
  await page.keyboard.type("no such thing");
  await expect(page.getByText(/^Nothing fits/)).toBeVisible();
  await expectNoViolations(page, "palette without results");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(tree(page)).toBeVisible();
  await expectNoViolations(page, "drawer");
});

test("a host that does not answer is marked, and its VMs stay", async ({ page, stack }) => {
  const { hosts } = await fleet(stack);
  const host = hosts[0];
  if (host === undefined) throw new Error("There is no fleet.");
  await page.goto("/jobs");
  await expect(item(page, host.name, "online")).toBeVisible();
  await stack.simulator.power(host.name, false);
  try {
    await stack.api("/inventory/refresh", { body: { host: host.name } });
    await expect(item(page, host.name, "unreachable")).toBeVisible();
    await expect(item(page, host.record?.cluster ?? "", "1 of \\d+ hosts unreachable")).toBeVisible();
    await item(page, host.name).focus();
    await page.keyboard.press("ArrowRight");
    await expect(tree(page).getByRole("treeitem", { level: 3 }).first()).toBeVisible();
    await expectNoViolations(page, "unreachable host");
  } finally {
    await stack.simulator.power(host.name, true);
    await stack.api("/inventory/refresh", { body: { host: host.name } });
  }
});
