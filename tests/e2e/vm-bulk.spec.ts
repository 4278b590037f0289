import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll, expectNoViolations } from "./support/accessibility";
import { test } from "./support/fixtures";
import {
  askPower,
  bulkDelete,
  bulkPower,
  closeReport,
  idOf,
  notices,
  openVm,
  reported,
  select,
} from "./support/vm-changes";

/** With options that no other test has the hosts are its own: VMs are turned off and deleted here. */
test.use({
  stackOptions: { config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 42 } } },
});

const bar = (page: Page) => page.getByRole("region", { name: "Selected VMs" });
const status = (page: Page) => bar(page).getByRole("status");
const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
const palette = (page: Page) => page.getByRole("combobox");
const outcome = (page: Page) => page.getByRole("dialog").getByRole("status");

test("rows are selected by press, range and keyboard, and stay selected when sorted and filtered", async ({
  page,
}) => {
  await page.goto("/vms");
  await box(page, "build-old").click();
  await box(page, "sql01").click({ modifiers: ["Shift"] });
  await expect(status(page)).toContainText("4 VMs selected");
  await page.getByRole("columnheader", { name: "Memory" }).getByRole("button").click();
  await expect(status(page)).toContainText("4 VMs selected");
  await expect(box(page, "gitlab")).toBeChecked();
  await page.getByRole("searchbox", { name: "Filter VMs" }).fill("hv02");
  await expect(status(page)).toContainText("4 VMs selected, 3 of them not shown");
  const all = page.getByRole("checkbox", { name: "Select all 2 VMs" });
  await expect(all).toHaveJSProperty("indeterminate", true);
  await all.check();
  await expect(status(page)).toContainText("5 VMs selected, 3 of them not shown");
  await page.getByRole("searchbox", { name: "Filter VMs" }).fill("");
  await expect(status(page)).toHaveText(/5 VMs selected\./);
  await bar(page).getByRole("button", { name: "Clear selection" }).click();
  await expect(bar(page)).toBeHidden();

  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await box(page, "backup01").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(box(page, "dc01")).toBeFocused();
  await expect(status(page)).toContainText("2 VMs selected");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+Space");
  await expect(status(page)).toContainText("4 VMs selected");
  await page.keyboard.press("Enter");
  await expect(bar(page).getByRole("button", { name: "Power" })).toBeFocused();
});

test("of a mixed selection those that run are turned off, and then all are started", ({ page, stack }) =>
  bulkPower({ page, stack }, ["gitlab", "web01"], "build-old"));

test("what becomes of each is reported: refused, failed, and done", async ({ page, stack }) => {
  await stack.simulator.fault({
    ...{ host: "hv03", kind: "agent_error", agent: "vm", operation: "power" },
    ...{ code: "hyperv_error", message: "The storage of the VM does not answer.", times: 1 },
  });
  await page.goto("/vms");
  await select(page, ["backup01", "dc01", "sql01"]);
  const ask = await askPower(page, "Pause");
  // Somebody else is quicker with one of them.
  const dc01 = await idOf(stack, "dc01");
  await stack.simulator.setState(dc01, "saved");
  await stack.api(`/vms/${dc01}?refresh=true`);
  await ask.getByRole("button", { name: "Pause 3 VMs" }).click();
  await expect(outcome(page)).toHaveText("1 of 3 succeeded · 1 failed · 1 refused");
  await expect(reported(page, "backup01")).toContainText("The storage of the VM does not answer.");
  await expect(reported(page, "dc01")).toContainText(
    "It can be paused only while the VM is running; it is saved.",
  );
  await expect(reported(page, "sql01")).toContainText("succeeded");
  await expect(page.getByRole("button", { name: /^Try/ })).toBeHidden();
  expect((await stack.simulator.vm("sql01"))?.state).toBe("paused");
  await expectAccessible(page, "a report");
  await page.getByRole("checkbox", { name: "Only what was not done: 2 VMs" }).check();
  await expect(reported(page, "sql01")).toBeHidden();
  await expect(reported(page, "dc01")).toBeVisible();
  await closeReport(page);
  await bar(page).getByRole("button", { name: "Pause 3 VMs: report" }).click();
  await reported(page, "backup01").getByRole("link", { name: /^Job/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pause: backup01");
  await page.goBack();
  await expect(bar(page).getByRole("button", { name: "Pause 3 VMs: report" })).toBeVisible();
});

test("where the server takes no more, the remaining are tried again when one says so", async ({
  page,
  stack,
}) => {
  await page.goto("/vms");
  const before = (await stack.simulator.vm("backup01"))?.state;
  expect(before).toBe("running");
  let full = true;
  const refused: string[] = [];
  await page.route("**/power", async (route) => {
    if (!full) return route.fallback();
    refused.push(route.request().url());
    const problem = {
      title: "Too many jobs are waiting",
      detail: "1,000 jobs wait for their turn.",
      code: "queue_full",
    };
    await route.fulfill({
      status: 429,
      json: { ...problem, status: 429, next: "Send it again in 5 seconds." },
    });
  });
  await select(page, ["backup01", "gitlab", "web01"]);
  const ask = await askPower(page, "Save");
  await ask.getByRole("button", { name: "Save 3 VMs" }).click();
  await expect(outcome(page)).toHaveText("0 of 3 succeeded · 3 not taken");
  await expect(reported(page, "gitlab")).toContainText(
    "1,000 jobs wait for their turn. Send it again in 5 seconds.",
  );
  full = false;
  await page.getByRole("dialog").getByRole("button", { name: "Try again" }).click();
  await expect(outcome(page)).toHaveText("3 of 3 succeeded");
  expect((await stack.simulator.vm("gitlab"))?.state).toBe("saved");
  expect(refused.length).toBeLessThanOrEqual(3);
});

test("a row's menu does what is chosen, and says why it does not", async ({ page, stack }) => {
  await page.goto("/vms");
  await page.getByRole("button", { name: "Actions for test-debian" }).press("Enter");
  await expect(page.getByRole("menuitem", { name: /^Pause/ })).toContainText(
    "only while the VM is running; it is off",
  );
  await expect(page.getByRole("menuitem", { name: /^Edit/ })).toBeFocused();
  await expectNoViolations(page, "a row's menu", "[role=menu]");
  await page.route("**/power", (route) => route.abort());
  await page.getByRole("menuitem", { name: /^Start/ }).click();
  const failed = page.getByRole("dialog", { name: "Start test-debian?" });
  await expect(failed.getByRole("alert")).toContainText("Check your network connection");
  await page.unroute("**/power");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed).toBeHidden();
  await expect(notices(page)).toContainText("Start: test-debian");
  expect((await stack.simulator.vm("test-debian"))?.state).toBe("running");
  await page.getByRole("button", { name: "Actions for test-debian" }).click();
  await page.getByRole("menuitem", { name: /^Turn off/ }).click();
  const dialog = page.getByRole("dialog", { name: "Turn off test-debian?" });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Actions for test-debian" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: /^Edit/ }).click();
  await expect(page.getByRole("dialog", { name: "Edit test-debian" }).getByLabel("Memory")).toHaveValue("2");
});

test("Ctrl+K does what can be done with a VM, by keyboard alone", async ({ page, stack }) => {
  await openVm({ page, stack }, "build-old");
  const state = (await stack.simulator.vm("build-old"))?.state;
  if (state !== "off") await stack.simulator.setState(await idOf(stack, "build-old"), "off");
  await stack.api(`/vms/${await idOf(stack, "build-old")}?refresh=true`);
  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "off" }).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { name: "Start: build-old", exact: true })).toBeVisible();
  await expectNoViolations(page, "the palette on a VM's page");
  await page.keyboard.type("pause");
  const pause = page.getByRole("option", { name: /^Pause: build-old/ });
  await expect(pause).toContainText("only while the VM is running; it is off");
  await page.keyboard.press("Enter");
  await expect(palette(page), "nothing was done").toBeFocused();
  await palette(page).fill("start");
  await expect(page.getByRole("option", { name: "Start: build-old", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(notices(page)).toContainText("Start: build-old");
  expect((await stack.simulator.vm("build-old"))?.state).toBe("running");

  await page.keyboard.press("Control+k");
  await palette(page).fill("build-old");
  await expect(page.getByRole("option", { name: /^build-old/ })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(palette(page)).toHaveAccessibleName("What to do with build-old");
  await page.keyboard.press("Backspace");
  await expect(palette(page)).toHaveAccessibleName(/^Search pages/);
  await palette(page).fill("off build-old");
  await expect(page.getByRole("option", { name: "Turn off: build-old", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Turn off build-old?" });
  await dialog.getByRole("button", { name: "Turn off" }).press("Enter");
  await expect(notices(page)).toContainText("Turn off: build-old");
  expect((await stack.simulator.vm("build-old"))?.state).toBe("off");

  await page.keyboard.press("Control+k");
  await palette(page).fill("add disk build-old");
  await expect(page.getByRole("option", { name: "Add disk: build-old", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add disk" })).toBeVisible();
  await expect(page).toHaveURL(/\?tab=disks$/);
});

test("the list with a selection, and what is asked, by axe and on a phone", async ({ page, stack }) => {
  const vmId = await idOf(stack, "test-debian");
  await stack.simulator.setState(vmId, "off");
  await stack.api(`/vms/${vmId}?refresh=true`);
  await page.goto("/hosts/hv03");
  await page.getByRole("tab", { name: /^VMs/ }).click();
  await page.getByRole("checkbox", { name: "Select all 2 VMs" }).check();
  await expectNoViolations(page, "a host's VMs, selected");
  await bar(page).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
  await expectAccessible(page, "what would be deleted");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/vms");
  await select(page, ["backup01", "gitlab"]);
  await expectNoSidewaysScroll(page, "a selection, 320 px");
  await expect(bar(page).getByRole("button", { name: "Power" })).toBeInViewport();
});

test("VMs are deleted with their files; one that runs is left out", async ({ page, stack }) => {
  for (const [name, state] of [
    ["build-old", "off"],
    ["test-debian", "off"],
    ["dc01", "running"],
  ] as const) {
    const vmId = await idOf(stack, name);
    await stack.simulator.setState(vmId, state);
    await stack.api(`/vms/${vmId}?refresh=true`);
  }
  await bulkDelete({ page, stack }, ["build-old", "test-debian"], "dc01");
});
