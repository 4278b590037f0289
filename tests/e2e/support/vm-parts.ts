import { expect, type Locator, type Page } from "@playwright/test";
import type { VmView } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import type { Stack } from "../../support/stack";
import { NewVmPage } from "./new-vm-page";

/** What a test of a VM's disks and adapters works with (fixtures.ts). */
export interface Parts {
  page: Page;
  stack: Stack;
}

/** A VM as the API has it. */
export async function vmNamed(stack: Stack, name: string): Promise<VmView> {
  const { body } = await stack.api<{ vms: VmView[] }>(`/vms?q=${name}`);
  const vm = body.vms.find(({ vm_name }) => vm_name === name);
  if (vm === undefined) throw new Error(`There is no VM ${name}.`);
  return vm;
}

/** The tab of a VM's page that shows its disks, or its adapters. */
export class PartsTab {
  readonly page: Page;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByRole("tabpanel").locator("tbody").getByRole("row");
  }

  async open(stack: Stack, vmName: string, tab: "disks" | "nics"): Promise<string> {
    const { vm_id } = await vmNamed(stack, vmName);
    await this.page.goto(`/vms/${vm_id}?tab=${tab}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(vmName);
    await expect(this.rows.first()).toBeVisible();
    return vm_id;
  }

  /** The row's menu, opened. @param of what the row is about */
  async menu(of: string): Promise<Locator> {
    await this.page.getByRole("button", { name: `Actions for ${of}`, exact: true }).click();
    return this.page.getByRole("menu");
  }

  /** The dialog that an item of the row's menu opens, once it can be filled in. */
  async dialog(of: string, item: "Grow" | "Edit" | "Remove"): Promise<Locator> {
    await (await this.menu(of)).getByRole("menuitem", { name: `${item} …`, exact: true }).click();
    return this.opened(`${item} ${of}${item === "Remove" ? "?" : ""}`);
  }

  /** The dialog that the button above the table opens. */
  async adding(button: "Add disk" | "Add network adapter"): Promise<Locator> {
    await this.page.getByRole("button", { name: button, exact: true }).click();
    return this.opened(button);
  }

  async opened(name: string): Promise<Locator> {
    const dialog = this.page.getByRole("dialog", { name, exact: true });
    await expect(dialog.getByRole("button", { name: /^(?:Cancel$|Keep the )/ })).toBeVisible();
    return dialog;
  }

  async fill(answers: Record<string, string>): Promise<void> {
    await new NewVmPage(this.page).fill(answers);
  }

  /** Presses the dialog's button that sends, and waits until the request was taken. */
  async send(dialog: Locator, button: string): Promise<void> {
    await dialog.getByRole("button", { name: button, exact: true }).click();
    await expect(dialog).toBeHidden();
  }
}

/** The files of a VM's disks on its simulated host, by their paths, with their size in GB. */
async function disksOnHost(stack: Stack, vmName: string): Promise<Map<string, number>> {
  const vm = await stack.simulator.vm(vmName);
  const files = await stack.simulator.disks(vm?.host ?? "", "");
  return new Map(
    (vm?.disks ?? []).map((path) => [
      path,
      (files.find((file) => file.path === path)?.virtual_bytes ?? 0) / GB,
    ]),
  );
}

const nameOf = (path: string): string => path.split("\\").at(-1) ?? path;

/** sql01, which runs on hv01 with two disks, gets a third, which grows and goes again, its file, too. */
export async function disksComeAndGo({ page, stack }: Parts): Promise<void> {
  const tab = new PartsTab(page);
  await tab.open(stack, "sql01", "disks");
  await expect(tab.rows).toHaveCount(2);
  const before = await disksOnHost(stack, "sql01");

  const adding = await tab.adding("Add disk");
  await tab.fill({ Size: "20", Allocation: "Dynamic", "Storage class": "silver" });
  await tab.send(adding, "Add disk");
  await expect(tab.rows).toHaveCount(3);
  const after = await disksOnHost(stack, "sql01");
  const [path = ""] = [...after.keys()].filter((each) => !before.has(each));
  expect(path).toContain("C:\\ClusterStorage\\Volume2\\Hyper-V\\sql01\\");
  expect(after.get(path)).toBe(20);
  const row = tab.rows.filter({ hasText: path });
  await expect(row).toContainText("20 GB");

  // Another of its disks has a file of the same name: the path tells them apart.
  const growing = await tab.dialog(path, "Grow");
  await expect(growing).toContainText("20 GB");
  await tab.fill({ Size: "32" });
  await tab.send(growing, "Grow disk");
  await expect(row).toContainText("32 GB");
  expect((await disksOnHost(stack, "sql01")).get(path)).toBe(32);

  const removing = await tab.dialog(path, "Remove");
  await expect(removing).toContainText(path);
  await removing.getByRole("radio", { name: /^Delete it/ }).check();
  await removing.getByRole("textbox", { name: `Type ${nameOf(path)} to confirm` }).fill(nameOf(path));
  await tab.send(removing, "Remove disk");
  await expect(tab.rows).toHaveCount(2);
  expect(await disksOnHost(stack, "sql01")).toEqual(before);
  expect(await stack.simulator.disks("hv01", path)).toEqual([]);
}

/** dc01, which runs on hv01 with one adapter, gets a second, which moves to another network and goes again. */
export async function adaptersComeAndGo({ page, stack }: Parts): Promise<void> {
  const tab = new PartsTab(page);
  await tab.open(stack, "dc01", "nics");
  await expect(tab.rows).toHaveCount(1);
  const adapter = async (name: string) =>
    (await stack.simulator.vm("dc01"))?.adapters.find((each) => each.name === name);

  const adding = await tab.adding("Add network adapter");
  await tab.fill({ Network: "Servers", "Adapter name": "Backup", "MAC address": "00-15-5D-77-88-99" });
  await tab.send(adding, "Add adapter");
  await expect(tab.rows).toHaveCount(2);
  expect(await adapter("Backup")).toMatchObject({ vlan_id: 20, mac: "00155D778899", dynamic_mac: false });

  const editing = await tab.dialog("Backup", "Edit");
  await tab.fill({ Network: "Production", "Adapter name": "Replication" });
  await tab.send(editing, "Save changes");
  const row = tab.rows.filter({ hasText: "Replication" });
  await expect(row).toContainText("Production");
  expect(await adapter("Replication")).toMatchObject({ vlan_id: 10, mac: "00155D778899" });

  const removing = await tab.dialog("Replication", "Remove");
  await expect(removing).toContainText("The guest loses the adapter");
  await tab.send(removing, "Remove adapter");
  await expect(tab.rows).toHaveCount(1);
  expect(await adapter("Replication")).toBeUndefined();
}
