import { expect, type Page } from "@playwright/test";
import type { VmView } from "@/lib/domain/inventory";
import { expectAccessible, expectNoViolations } from "./support/accessibility";
import { test } from "./support/fixtures";

/** With options that no other test has the hosts are its own: VMs are turned off and deleted here. */
test.use({
  stackOptions: { config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 40 } } },
});

const state = (page: Page, word: string) => page.getByRole("status").filter({ hasText: word }).first();
const power = (page: Page) => page.getByRole("button", { name: "Power", exact: true });
const item = (page: Page, name: string) => page.getByRole("menuitem", { name: new RegExp(`^${name}`) });
const notices = (page: Page) => page.getByRole("region", { name: "Notices" });

async function openVm(
  page: Page,
  stack: { api: (path: string) => Promise<{ body: unknown }> },
  name: string,
) {
  const { body } = await stack.api(`/vms?q=${name}`);
  const vm = (body as { vms: VmView[] }).vms.find(({ vm_name }) => vm_name === name);
  await page.goto(`/vms/${vm?.vm_id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  return vm?.vm_id ?? "";
}

test("a VM is turned off and started by keyboard alone, after what is lost by it was said", async ({
  page,
  stack,
}) => {
  await openVm(page, stack, "web01");
  await expect(state(page, "running")).toBeVisible();
  await power(page).focus();
  await page.keyboard.press("Enter");
  await expect(item(page, "Start")).toHaveAttribute("aria-disabled", "true");
  await expect(item(page, "Start")).toContainText("The VM is running already.");
  await expectNoViolations(page, "the power menu", "[role=menu]");
  await page.keyboard.press("t");
  await expect(item(page, "Turn off")).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Turn off web01?" });
  await expect(dialog).toContainText("as if the power failed");
  await expectAccessible(page, "asked before turning off");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(power(page)).toBeFocused();

  await page.keyboard.press("Enter");
  await page.keyboard.press("t");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Turn off" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(notices(page)).toContainText("Turn off: web01");
  await expect(state(page, "off")).toBeVisible();
  expect((await stack.simulator.vm("web01"))?.state).toBe("off");

  await power(page).click();
  await item(page, "Start").click();
  await expect(state(page, "running")).toBeVisible();
  expect((await stack.simulator.vm("web01"))?.state).toBe("running");
});

test("a power action that fails is told, and the page shows the state that the host has", async ({
  page,
  stack,
}) => {
  await openVm(page, stack, "gitlab");
  await page.route("**/power", (route) => route.abort());
  await power(page).click();
  await item(page, "Pause").click();
  await expect(page.getByRole("alert").filter({ hasText: "AetherV cannot be reached" })).toBeVisible();
  await page.unroute("**/power");
  await stack.simulator.fault({
    host: "hv02",
    kind: "agent_error",
    agent: "vm",
    operation: "power",
    code: "hyperv_error",
    message: "The VM cannot be paused while its memory is moved.",
    times: 1,
  });
  await power(page).click();
  await item(page, "Pause").click();
  await expect(notices(page)).toContainText("cannot be paused while its memory is moved");
  await expect(page.getByRole("region", { name: "Failed jobs" })).toContainText("memory is moved");
  await expect(state(page, "running")).toBeVisible();
  await power(page).click();
  await item(page, "Pause").click();
  await expect(state(page, "paused")).toBeVisible();
});

test("deleting lists the files, asks what becomes of them and for the name, and not of another VM than was seen", async ({
  page,
  stack,
}) => {
  const vmId = await openVm(page, stack, "build-old");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete build-old?" });
  const path = "C:\\ClusterStorage\\Volume2\\Hyper-V\\build-old\\build-old.vhdx";
  await expect(dialog.getByRole("list", { name: "Files" })).toContainText(path);
  await expectAccessible(page, "what would be deleted");
  const confirm = dialog.getByRole("button", { name: "Delete VM" });
  await confirm.click();
  await expect(dialog).toContainText("Choose what becomes of its file.");
  await expect(dialog.getByRole("radio", { name: /^Keep it/ })).toBeFocused();
  await expect(dialog).toContainText("Type the name as it is: build-old");
  await expectAccessible(page, "what is missing yet");
  await dialog.getByRole("radio", { name: /^Keep it/ }).check();
  await dialog.getByRole("textbox").fill("build-old");

  await stack.simulator.setState(vmId, "running");
  await stack.api(`/vms/${vmId}?refresh=true`);
  await confirm.click();
  await expect(dialog.getByRole("alert")).toContainText("changed");
  await expect(dialog.getByRole("textbox")).toHaveValue("build-old");
  await dialog.getByRole("button", { name: "Look again" }).click();
  await expect(dialog.getByRole("checkbox", { name: "Turn it off first: it is running" })).toBeVisible();
  await expect(dialog.getByRole("textbox")).toHaveValue("build-old");
  await confirm.click();
  await expect(dialog).toContainText("only a VM that is off can be deleted");
  await dialog.getByRole("checkbox").check();
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expect(notices(page)).toContainText("Delete VM: build-old");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("build-old is gone");
  expect(await stack.simulator.vm("build-old")).toBeUndefined();
});

test("a VM is deleted with its files, and what has none to ask is not asked", async ({ page, stack }) => {
  await openVm(page, stack, "test-debian");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete test-debian?" });
  await dialog.getByRole("radio", { name: /^Delete it/ }).check();
  await dialog.getByRole("textbox").fill("test-debian");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("test-debian is gone");
  const { body } = await stack.api<{ jobs: { outputs: { deleted_files: string[] } }[] }>(
    "/jobs?kind=vm.delete&vm=test-debian",
  );
  expect(body.jobs[0]?.outputs.deleted_files).toEqual(["D:\\Hyper-V\\test-debian\\test-debian.vhdx"]);
});
