import { expect, type Locator, type Page } from "@playwright/test";
import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { GB } from "@/lib/domain/units";
import type { Stack } from "../../support/stack";

/** What a test of changes to VMs works with (fixtures.ts). */
export interface Parts {
  page: Page;
  stack: Stack;
}

export const notices = (page: Page) => page.getByRole("region", { name: "Notices" });

/** Opens a VM's page, and gives its id. */
export async function openVm({ page, stack }: Parts, name: string): Promise<string> {
  const vmId = await idOf(stack, name);
  await page.goto(`/vms/${vmId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  return vmId;
}

export async function idOf(stack: Stack, name: string): Promise<string> {
  const { body } = await stack.api<{ vms: VmView[] }>(`/vms?q=${name}`);
  const vm = body.vms.find(({ vm_name }) => vm_name === name);
  if (vm === undefined) throw new Error(`There is no VM ${name}.`);
  return vm.vm_id;
}

/** Opens the form that changes a VM, from its page. */
export async function openEdit(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit / });
  await expect(dialog.getByLabel("Memory")).toBeVisible();
  return dialog;
}

/** Presses the button that saves, and gives what was sent. */
export async function save(page: Page, dialog: Locator): Promise<{ body: unknown; version: string | null }> {
  const [request] = await Promise.all([
    page.waitForRequest((each) => each.method() === "PATCH"),
    dialog.getByRole("button", { name: "Save changes" }).click(),
  ]);
  return { body: request.postDataJSON(), version: await request.headerValue("if-match") };
}

/** A VM that is off gets other processors and another name: that alone is sent, over what was read, and the host has it. */
export async function editOffVm({ page, stack }: Parts, name: string): Promise<void> {
  await openVm({ page, stack }, name);
  const dialog = await openEdit(page);
  await expect(dialog).not.toContainText("Not everything can be changed");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Nothing is changed yet.");
  await dialog.getByLabel("Virtual processors").fill("4");
  await dialog.getByLabel("Name").fill(`${name}-2`);
  const sent = await save(page, dialog);
  expect(sent.body).toEqual({ cpu_cores: 4, vm_name: `${name}-2` });
  expect(sent.version).toMatch(/^"/);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name}-2`);
  await expect(page.getByRole("tabpanel")).toContainText("4 virtual");
  expect(await stack.simulator.vm(`${name}-2`)).toMatchObject({ processor_count: 4 });
}

/** A VM that runs says first what it cannot take, and takes what it can. */
export async function editRunningVm({ page, stack }: Parts, name: string): Promise<void> {
  await openVm({ page, stack }, name);
  const memory = ((await stack.simulator.vm(name))?.memory_startup_bytes ?? 0) / GB;
  const dialog = await openEdit(page);
  await expect(dialog).toContainText("Not everything can be changed while the VM is running");
  const processors = dialog.getByLabel("Virtual processors");
  await expect(processors).not.toBeEditable();
  await expect(processors).toHaveAccessibleDescription(
    /can be changed only while the VM is off; it is running/,
  );
  await dialog.getByLabel("Memory").fill(String(memory - 1));
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByLabel("Memory")).toHaveAccessibleDescription(
    /Memory can be taken away only while the VM is off; it is running/,
  );
  await dialog.getByLabel("Memory").fill(String(memory + 1));
  expect((await save(page, dialog)).body).toEqual({ gb_ram: memory + 1 });
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("tabpanel")).toContainText(`${memory + 1} GB`);
  expect((await stack.simulator.vm(name))?.memory_startup_bytes).toBe((memory + 1) * GB);
}

/** Another operator, meanwhile. */
export async function changedByAnother(stack: Stack, vmId: string, changes: object): Promise<void> {
  const { body } = await stack.api<{ job_id: string }>(`/vms/${vmId}`, { method: "PATCH", body: changes });
  expect((await stack.endOf(body.job_id)).state).toBe("succeeded");
}

/** Two change the same VM: the later one is told what it has now, and goes on with the own changes or without them. */
export async function conflict({ page, stack }: Parts, name: string): Promise<void> {
  const vmId = await openVm({ page, stack }, name);
  await changedByAnother(stack, vmId, { gb_ram: 8, cpu_cores: 4 });
  const dialog = await openEdit(page);
  await dialog.getByLabel("Virtual processors").fill("6");
  await changedByAnother(stack, vmId, { gb_ram: 12 });
  await save(page, dialog);
  const told = dialog.getByRole("alert").filter({ hasText: "The VM was changed while you edited it" });
  await expect(told.getByRole("row").filter({ hasText: "Memory" })).toContainText(/8 GB.*12 GB.*not changed/);
  await expect(dialog.getByLabel("Virtual processors")).toHaveValue("6");
  await told.getByRole("button", { name: "Keep my changes" }).click();
  await expect(dialog.getByLabel("Memory")).toHaveValue("12");
  await expect(dialog.getByLabel("Virtual processors")).toHaveValue("6");

  await changedByAnother(stack, vmId, { cpu_cores: 2 });
  await save(page, dialog);
  await expect(told.getByRole("row").filter({ hasText: "Virtual processors" })).toContainText(/4.*2.*6/);
  await told.getByRole("button", { name: "Take the new values" }).click();
  await expect(dialog.getByLabel("Virtual processors")).toHaveValue("2");
  await dialog.getByLabel("Memory").fill("16");
  expect((await save(page, dialog)).body).toEqual({ gb_ram: 16 });
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("tabpanel")).toContainText("16 GB");
  expect(await stack.simulator.vm(name)).toMatchObject({
    processor_count: 2,
    memory_startup_bytes: 16 * GB,
  });
}

const roleCard = (page: Page) => page.getByRole("region", { name: "Cluster role" });

/** A VM loses its role in the cluster and gets it back, each time after it was said what that means. */
export async function roleRemovedAndAdded({ page, stack }: Parts, name: string): Promise<void> {
  await openVm({ page, stack }, name);
  await expect(roleCard(page)).toContainText("the cluster starts it on another node");
  await roleCard(page).getByRole("button", { name: "Remove from the cluster …" }).click();
  const removing = page.getByRole("dialog", { name: `Remove ${name} from the cluster?` });
  await expect(removing).toContainText("no longer starts it on another node");
  await removing.getByRole("button", { name: "Remove from the cluster" }).click();
  const add = roleCard(page).getByRole("button", { name: "Add to the cluster …" });
  await expect(add).toBeVisible();
  await expect(removing).toBeHidden();
  expect((await stack.simulator.vm(name))?.clustered).toBe(false);
  await add.click();
  const adding = page.getByRole("dialog", { name: `Add ${name} to the cluster?` });
  await adding.getByRole("button", { name: "Add to the cluster" }).click();
  await expect(roleCard(page).getByRole("button", { name: "Remove from the cluster …" })).toBeVisible();
  await expect(notices(page)).toContainText(`Add to the cluster: ${name}`);
  expect((await stack.simulator.vm(name))?.clustered).toBe(true);
}

const selectionBar = (page: Page) => page.getByRole("region", { name: "Selected VMs" });
const checkbox = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

/** Selects VMs in the list of all. */
export async function select(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await checkbox(page, name).check();
  const what = names.length === 1 ? "1 VM selected" : `${names.length} VMs selected`;
  await expect(selectionBar(page).getByRole("status")).toContainText(what);
}

/** Asks for a power action on what is selected, and gives the dialog that asks back. */
export async function askPower(page: Page, action: string): Promise<Locator> {
  await selectionBar(page).getByRole("button", { name: "Power" }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${action}`) }).click();
  return page.getByRole("dialog", { name: new RegExp(`^${action} `) });
}

/** What the report says of a VM. */
export const reported = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Report" }).getByRole("listitem").filter({ hasText: name });

export async function closeReport(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** Of a mixed selection those that run are turned off, and then all are started. */
export async function bulkPower({ page, stack }: Parts, on: readonly string[], off: string): Promise<void> {
  await page.goto("/vms");
  await select(page, [...on, off]);
  const ask = await askPower(page, "Turn off");
  for (const name of on) await expect(ask.getByRole("region", { name: "VMs: Turn off" })).toContainText(name);
  const left = ask.getByRole("region", { name: "Left out" });
  await expect(ask).toContainText("1 VM left out");
  await expect(left).toContainText(`The VM is off already.${off}`);
  await ask.getByRole("button", { name: `Turn off ${on.length} VMs` }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(
    `${on.length} of ${on.length} succeeded`,
  );
  for (const name of on) {
    await expect(reported(page, name)).toContainText("succeeded");
    expect((await stack.simulator.vm(name))?.state).toBe("off");
  }
  await closeReport(page);
  const all = [...on, off];
  const start = await askPower(page, "Start");
  await start.getByRole("button", { name: `Start ${all.length} VMs` }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(
    `${all.length} of ${all.length} succeeded`,
  );
  for (const name of all) expect((await stack.simulator.vm(name))?.state).toBe("running");
  const link = reported(page, off).getByRole("link", { name: /^Job/ });
  const jobId = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
  const { body } = await stack.api<JobView>(`/jobs/${jobId}`);
  expect(body).toMatchObject({ kind: "vm.power", vm_name: off, request: { action: "start" } });
  await closeReport(page);
}

/** VMs are deleted with their files; one that runs is left out, as nobody said to turn it off. */
export async function bulkDelete({ page, stack }: Parts, gone: readonly string[], on: string): Promise<void> {
  const files: string[] = [];
  for (const name of gone) files.push(...((await stack.simulator.vm(name))?.disks ?? []));
  expect(files.length).toBeGreaterThan(0);
  await page.goto("/vms");
  await select(page, [...gone, on]);
  await selectionBar(page).getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${gone.length + 1} selected VMs?` });
  const confirm = dialog.getByRole("button", { name: `Delete ${gone.length} VMs` });
  await confirm.click();
  await expect(dialog).toContainText("Choose what becomes of their files.");
  await expect(dialog).toContainText(`Type it as it is: delete ${gone.length} VMs`);
  for (const path of files) {
    await expect(dialog.getByRole("region", { name: "VMs to delete" })).toContainText(path);
  }
  await expect(dialog.getByRole("region", { name: "Left out" })).toContainText(
    `It is running: only a VM that is off can be deleted.${on}`,
  );
  await dialog.getByRole("radio", { name: /^Delete them/ }).check();
  await dialog.getByRole("textbox").fill(`delete ${gone.length} vms`);
  await confirm.click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(
    `${gone.length} of ${gone.length} succeeded`,
  );
  for (const name of gone) expect(await stack.simulator.vm(name)).toBeUndefined();
  expect((await stack.simulator.vm(on))?.state).toBe("running");
  for (const { name } of stack.simulator.hosts) {
    const left = (await stack.simulator.disks(name, "")).map(({ path }) => path);
    expect(left.filter((path) => files.includes(path))).toEqual([]);
  }
  await closeReport(page);
  for (const name of gone) await expect(checkbox(page, name)).toBeHidden();
  await expect(selectionBar(page).getByRole("status")).toContainText("1 VM selected");
}
