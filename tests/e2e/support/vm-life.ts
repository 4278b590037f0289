import { expect, type Page } from "@playwright/test";
import type { JobList } from "@/lib/domain/job";
import type { Stack } from "../../support/stack";
import { vmNamed } from "./vm-parts";

interface Parts {
  page: Page;
  stack: Stack;
}

/** Each power action in an order in which the VM can take it, with the state that it leads to. */
const POWER = [
  ["Pause", "paused"],
  ["Resume", "running"],
  ["Save", "saved"],
  ["Start", "running"],
  ["Restart", "running"],
  ["Reset", "running"],
  ["Shut down", "off"],
  ["Start", "running"],
  ["Turn off", "off"],
] as const;

async function openVm({ page, stack }: Parts, name: string): Promise<string> {
  const { vm_id } = await vmNamed(stack, name);
  await page.goto(`/vms/${vm_id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  return vm_id;
}

/** A VM that runs goes through all power actions, and is off in the end. */
export async function everyPowerAction({ page, stack }: Parts, name: string): Promise<void> {
  const vmId = await openVm({ page, stack }, name);
  for (const [index, [action, state]] of POWER.entries()) {
    await page.getByRole("button", { name: "Power", exact: true }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${action}(?: …)?$`) }).click();
    const asked = page.getByRole("alertdialog", { name: `${action} ${name}?` });
    const answer = asked.getByRole("button", { name: action, exact: true });
    const jobs = async () => (await stack.api<JobList>(`/jobs?kind=vm.power&vm_id=${vmId}&limit=1`)).body;
    const taken = async () => (await jobs()).total > index;
    await expect.poll(async () => (await answer.isVisible()) || (await taken()), action).toBe(true);
    if (!(await taken())) await answer.click();
    await expect
      .poll(async () => [(await jobs()).total, (await jobs()).jobs[0]?.state])
      .toEqual([index + 1, "succeeded"]);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: state }).first()).toBeVisible();
    expect((await stack.simulator.vm(name))?.state).toBe(state);
  }
}

/** A VM that is off is deleted with its files. */
export async function deletedWithFiles({ page, stack }: Parts, name: string): Promise<void> {
  const vm = await stack.simulator.vm(name);
  await openVm({ page, stack }, name);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${name}?` });
  for (const path of vm?.disks ?? []) await expect(dialog).toContainText(path);
  await dialog.getByRole("radio", { name: /^Delete (?:it|them)/ }).check();
  await dialog.getByRole("textbox", { name: `Type ${name} to confirm` }).fill(name);
  await dialog.getByRole("button", { name: "Delete VM" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} is gone`);
  expect(await stack.simulator.vm(name)).toBeUndefined();
  expect(await stack.simulator.disks(vm?.host ?? "", `\\${name}\\`)).toEqual([]);
}
