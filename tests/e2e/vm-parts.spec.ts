import { expect } from "@playwright/test";
import type { NicRecord } from "@/lib/domain/inventory";
import { expectAccessible, expectNoViolations } from "./support/accessibility";
import { test } from "./support/fixtures";
import { adaptersComeAndGo, disksComeAndGo, PartsTab } from "./support/vm-parts";

/** With options that no other test has the hosts are its own: disks and adapters are changed here. */
test.use({
  stackOptions: { config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 45 } } },
});

test("a disk is added, grown and removed with its file", disksComeAndGo);

test("a network adapter is added, changed and removed", adaptersComeAndGo);

test("what is wrong with a disk is told at its field: by its schema, by its size now, by its host", async ({
  page,
  stack,
}) => {
  const tab = new PartsTab(page);
  await tab.open(stack, "gitlab", "disks");
  const adding = await tab.adding("Add disk");
  const size = adding.getByRole("spinbutton", { name: "Size" });
  await expectAccessible(page, "a disk to be added");
  await size.fill("0");
  await size.press("Tab");
  await expect(adding).toContainText("Size must be between 1 and 65536 GB.");
  await tab.fill({ Image: "Windows Server 2025", Size: "10", "Storage class": "gold" });
  await adding.getByRole("button", { name: "Add disk" }).click();
  const summary = adding.getByRole("heading", { level: 2 }).locator("..").filter({ hasText: "Size" });
  await expect(summary).toContainText("smaller than");
  await expect(summary).toBeFocused();
  await expect(size).toHaveAttribute("aria-invalid", "true");
  await expect(size).toHaveValue("10");
  await expect(adding.getByRole("combobox", { name: "Image" })).toHaveValue("Windows Server 2025");
  await expectAccessible(page, "a disk that is refused");
  await adding.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Add disk" })).toBeFocused();

  const growing = await tab.dialog("gitlab.vhdx", "Grow");
  await growing.getByRole("button", { name: "Grow disk" }).click();
  await expect(growing).toContainText("Nothing is changed yet.");
  await tab.fill({ Size: "199" });
  await growing.getByRole("button", { name: "Grow disk" }).click();
  await expect(growing.getByRole("link", { name: /Size cannot be less than the 200 GB/ })).toBeVisible();
  await expectNoViolations(page, "a disk that would shrink", "[role=dialog]");
  await page.keyboard.press("Escape");
  await expect(growing).toBeHidden();
  await expect(page.getByRole("button", { name: "Actions for gitlab.vhdx" })).toBeFocused();
  expect((await stack.api<{ total: number }>("/jobs?vm=gitlab")).body.total).toBe(0);
});

test("a disk is removed by keyboard alone, not another one than was seen, and its file stays", async ({
  page,
  stack,
}) => {
  const tab = new PartsTab(page);
  const vmId = await tab.open(stack, "build-old", "disks");
  await page.getByRole("button", { name: "Actions for build-old.vhdx" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Grow …" })).toBeFocused();
  await page.keyboard.press("r");
  await page.keyboard.press("Enter");
  const dialog = await tab.opened("Remove build-old.vhdx?");
  await expect(dialog).toContainText("the guest probably starts from it");
  await expectAccessible(page, "a disk to be removed");
  const confirm = dialog.getByRole("button", { name: "Remove disk" });
  await confirm.press("Enter");
  await expect(dialog).toContainText("Choose what becomes of its file.");
  await expect(dialog.getByRole("radio", { name: /^Keep it/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await confirm.press("Enter");
  await expect(dialog).toContainText("Type the name as it is: build-old.vhdx");
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await expectNoViolations(page, "what is missing yet", "[role=dialog]");
  await dialog.getByRole("radio", { name: /^Delete it/ }).press("ArrowUp");

  // Somebody grows it meanwhile.
  const [disk] = (await stack.api<{ disks: { disk_id: string; path: string }[] }>(`/vms/${vmId}`)).body.disks;
  const grown = await stack.api<{ job_id: string }>(`/vms/${vmId}/disks/${disk?.disk_id}`, {
    method: "PATCH",
    body: { size_gb: 70 },
  });
  await stack.endOf(grown.body.job_id);
  await confirm.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("changed");
  await dialog.getByRole("button", { name: "Look again" }).press("Enter");
  await dialog.getByRole("radio", { name: /^Keep it/ }).press("Space");
  await confirm.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Add disk" })).toBeFocused();
  await expect(page.getByRole("tabpanel")).toContainText("No disks");
  expect((await stack.simulator.vm("build-old"))?.disks).toEqual([]);
  expect(await stack.simulator.disks("hv01", disk?.path ?? "")).toHaveLength(1);
});

test("disks of a VM with a checkpoint cannot be grown or removed, and the page says why", async ({
  page,
  stack,
}) => {
  const tab = new PartsTab(page);
  const vmId = await tab.open(stack, "web01", "disks");
  await stack.simulator.checkpoint(vmId, "before the update");
  await stack.api(`/vms/${vmId}?refresh=true`);
  const reason = "The VM has a checkpoint: delete it in Hyper-V Manager";
  await expect(page.getByRole("tabpanel")).toContainText(reason);
  await expectAccessible(page, "disks of a VM with a checkpoint");
  await page.getByRole("button", { name: /^Actions for web01_.*\.avhdx$/ }).click();
  for (const name of ["Grow", "Remove"]) {
    const item = page.getByRole("menuitem", { name: new RegExp(`^${name}`) });
    await expect(item).toHaveAttribute("aria-disabled", "true");
    await expect(item).toContainText(reason);
  }
  await expectNoViolations(page, "what cannot be done with a disk", "[role=menu]");
  await page.keyboard.press("Escape");

  await stack.simulator.setState(vmId, "saved");
  await stack.api(`/vms/${vmId}?refresh=true`);
  const add = page.getByRole("button", { name: "Add disk" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(
    "A disk can be added only while the VM is off or running; it is saved.",
  );
  await add.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an adapter that somebody else changed meanwhile: the input stays, and one chooses", async ({
  page,
  stack,
}) => {
  const tab = new PartsTab(page);
  const vmId = await tab.open(stack, "test-debian", "nics");
  const nic = async () => (await stack.api<{ nics: NicRecord[] }>(`/vms/${vmId}`)).body.nics[0];
  const change = async (body: Record<string, string>) => {
    const address = `/vms/${vmId}/nics/${(await nic())?.nic_id}`;
    const { body: accepted } = await stack.api<{ job_id: string }>(address, { method: "PATCH", body });
    await stack.endOf(accepted.job_id);
  };
  await tab.dialog("Network Adapter", "Edit");
  const editing = page.getByRole("dialog");
  const name = editing.getByRole("textbox", { name: "Adapter name" });
  const mac = editing.getByRole("textbox", { name: "MAC address" });
  const save = editing.getByRole("button", { name: "Save changes" });
  await tab.fill({ "Adapter name": "Mine", "MAC address": "00-15-5D-00-00-01" });
  await change({ adapter_name: "Theirs" });
  await save.click();
  const conflict = editing.getByRole("alert");
  await expect(conflict).toContainText("changed while you edited it");
  await expect(conflict.getByRole("row", { name: "Adapter name Network Adapter Theirs Mine" })).toBeVisible();
  await expect(name).toHaveValue("Mine");
  await expect(mac).toHaveValue("00-15-5D-00-00-01");
  await expectAccessible(page, "a conflict");

  await conflict.getByRole("button", { name: "Take the new values" }).click();
  await expect(name).toHaveValue("Theirs");
  await expect(editing.getByText("These are the values that are there now.")).toBeFocused();

  await tab.fill({ "MAC address": "00-15-5D-00-00-02" });
  await change({ adapter_name: "Theirs again" });
  await save.click();
  await expect(
    conflict.getByRole("row", { name: "Adapter name Theirs Theirs again not changed" }),
  ).toBeVisible();
  await conflict.getByRole("button", { name: "Keep my changes" }).click();
  await expect(mac).toHaveValue("00-15-5D-00-00-02");
  await expect(name).toHaveValue("Theirs again");
  await save.click();
  await expect(editing).toBeHidden();
  await expect(tab.rows).toContainText("00-15-5D-00-00-02");
  expect((await stack.simulator.vm("test-debian"))?.adapters).toMatchObject([
    { name: "Theirs again", mac: "00155D000002" },
  ]);
});

test("what of an adapter needs the VM off says so first, with the way there, and nothing is lost without a network", async ({
  page,
  stack,
}) => {
  const tab = new PartsTab(page);
  await tab.open(stack, "backup01", "nics");
  const editing = await tab.dialog("Network Adapter", "Edit");
  const mac = editing.getByRole("textbox", { name: "MAC address" });
  await expect(mac).toHaveAttribute("readonly", "");
  await expect(mac).toHaveAccessibleDescription(/can be changed only while the VM is off; it is running/);
  await expectAccessible(page, "an adapter of a VM that runs");
  await tab.fill({ "Adapter name": " Front" });
  await editing.getByRole("button", { name: "Save changes" }).click();
  await expect(editing).toContainText("Remove the spaces at the beginning and the end.");
  await tab.fill({ "Adapter name": "" });
  await editing.getByRole("button", { name: "Save changes" }).click();
  await expect(editing).toContainText("Adapter name cannot be emptied: give a value.");
  await tab.fill({ "Adapter name": "Front" });
  await page.route("**/nics/*", (route) => route.abort());
  await editing.getByRole("button", { name: "Save changes" }).click();
  await expect(editing.getByRole("alert")).toContainText("AetherV");
  await expect(editing.getByRole("textbox", { name: "Adapter name" })).toHaveValue("Front");
  await page.unroute("**/nics/*");
  await editing.getByText("The same request for a script").click();
  await expect(editing.getByLabel("The request as JSON")).toContainText('"adapter_name": "Front"');
  await page.mouse.click(5, 5);
  await expect(editing).toBeVisible();
  await editing.getByRole("button", { name: "Go to Power" }).click();
  await expect(editing).toBeHidden();
  await expect(page.getByRole("button", { name: "Power", exact: true })).toBeFocused();
});
