import { expect, type Page } from "@playwright/test";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { Stack } from "@/tests/support/stack";
import { test } from "./support/fixtures";

/** What people and clusters do to hosts and VMs without AetherV, as its pages show it, read after read. */

test.use({
  stackOptions: {
    simulator: { flags: ["--seed", "fleet", "--hosts", "7", "--vms", "40"] },
    config: { inventory: { period_seconds: 0.5 } },
  },
});

async function get<T>(stack: Stack, path: string): Promise<T> {
  return (await stack.api<T>(path)).body;
}

/** A VM that runs with a role in a cluster, and another node of it. */
async function clusteredVm(stack: Stack): Promise<{ vm: VmView; elsewhere: string }> {
  const { hosts } = await get<{ hosts: HostView[] }>(stack, "/hosts");
  const { vms } = await get<{ vms: VmView[] }>(stack, "/vms?state=running&limit=500");
  const vm = vms.find(({ cluster_role, activity }) => cluster_role !== null && activity === null);
  const node = hosts
    .filter(({ name, record }) => name !== vm?.host && vm !== undefined && record?.cluster === vm.cluster)
    .sort((a, b) => (b.record?.memory_available_bytes ?? 0) - (a.record?.memory_available_bytes ?? 0))[0];
  if (vm === undefined || node === undefined) throw new Error("The fleet has no VM that can be moved.");
  return { vm, elsewhere: node.name };
}

const rowOf = (page: Page, name: string) =>
  page
    .getByRole("main")
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) });

/** Notes how often the list shows a VM, at each change of the page from now on. */
async function countRows(page: Page, vmId: string): Promise<() => Promise<number[]>> {
  await page.evaluate((id) => {
    const seen = new Set<number>();
    const count = () => seen.add(document.querySelectorAll(`main a[href="/vms/${id}"]`).length);
    count();
    new MutationObserver(count).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { rowsSeen: seen });
  }, vmId);
  return () => page.evaluate(() => [...(window as unknown as { rowsSeen: Set<number> }).rowsSeen]);
}

test("a live migration is followed: on its way, then there, and never twice or gone", async ({
  page,
  stack,
}) => {
  const { vm, elsewhere } = await clusteredVm(stack);
  await page.goto(`/vms?q=${encodeURIComponent(vm.vm_name)}`);
  const row = rowOf(page, vm.vm_name);
  await expect(row).toContainText(vm.host);
  const rowsSeen = await countRows(page, vm.vm_id);

  await stack.simulator.migrate(vm.vm_id, elsewhere, 600);
  await expect(row).toContainText("migrating");
  const details = await page.context().newPage();
  await details.goto(`/vms/${vm.vm_id}`);
  await expect(details.getByText("A live migration is under way")).toBeVisible();
  await expect(details.getByRole("main").getByRole("link", { name: vm.host, exact: true })).toBeVisible();

  await stack.simulator.migrate(vm.vm_id, elsewhere);
  await expect(details.getByRole("main").getByRole("link", { name: elsewhere, exact: true })).toBeVisible();
  await expect(details.getByText("A live migration is under way")).toBeHidden();
  await expect(details.getByRole("heading", { level: 1 })).toHaveText(vm.vm_name);
  await page.bringToFront();
  await expect(row).toContainText(elsewhere);
  expect(await rowsSeen()).toEqual([1]);
});

test("a VM's page shows any name that Hyper-V takes, and stays at hand", async ({ page, stack }) => {
  const { vm } = await clusteredVm(stack);
  await page.goto(`/vms/${vm.vm_id}`);
  const heading = page.getByRole("heading", { level: 1 });
  const names = {
    "(1) web": "(1) web",
    " two  blanks": "[U+0020]two [U+0020]blanks",
    "100% <b>\u202eweb": "100% <b>[U+202E]web",
  };
  for (const [name, shown] of Object.entries(names)) {
    await stack.simulator.rename(vm.vm_id, name);
    await expect(heading).toHaveText(shown);
    await page.getByRole("tab", { name: "Notes" }).click();
    await expect(page).toHaveTitle(`${shown} · AetherV`);
    await page.reload();
    await expect(page).toHaveTitle(`${shown} · AetherV`);
    await page.getByRole("tab", { name: "Overview" }).click();
  }
  await stack.simulator.rename(vm.vm_id, vm.vm_name);
  await expect(heading).toHaveText(vm.vm_name);
});

test("the page of a host or cluster takes any name that one can have", async ({ page }) => {
  for (const name of ["100%", "a b", "%41", "a/b", "é"]) {
    await page.goto(`/clusters/${encodeURIComponent(name)}`);
    await expect(page.getByText(`No cluster is called ${name}`, { exact: true })).toBeVisible();
    await page.goto(`/hosts/${encodeURIComponent(name)}`);
    await expect(page.getByText(`No host is called ${name}`, { exact: true })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · AetherV`);
  }
});

test("a rename is seen in the list, in the tree and on the VM's page", async ({ page, stack }) => {
  const { vm } = await clusteredVm(stack);
  await page.goto(`/vms/${vm.vm_id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(vm.vm_name);
  await stack.simulator.rename(vm.vm_id, "renamed-outside");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("renamed-outside");
  await page.getByRole("searchbox", { name: "Filter hosts and VMs" }).fill("renamed-outside");
  await expect(page.getByRole("treeitem", { name: /renamed-outside/ })).toBeVisible();
  await page.goto("/vms?q=renamed-outside");
  await expect(rowOf(page, "renamed-outside")).toBeVisible();
});

test("a VM that was deleted is gone once no host has it, and its page says so", async ({ page, stack }) => {
  const { vm } = await clusteredVm(stack);
  await page.goto(`/vms/${vm.vm_id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(vm.vm_name);
  await stack.simulator.deleteVm(vm.vm_id);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${vm.vm_name} is gone`);
  await page.goto(`/vms?q=${encodeURIComponent(vm.vm_id)}`);
  await expect(page.getByText("No VM matches")).toBeVisible();
});

test("a host that reboots stays listed with the reason, its clustered VMs go on elsewhere, and it comes back", async ({
  page,
  stack,
}) => {
  const { vm } = await clusteredVm(stack);
  await page.goto(`/vms?q=${encodeURIComponent(vm.vm_name)}`);
  const row = rowOf(page, vm.vm_name);
  await expect(row).toContainText(vm.host);
  const rowsSeen = await countRows(page, vm.vm_id);
  const notice = page.getByRole("main").getByText(`${vm.host} could not be read`);

  await stack.simulator.reboot(vm.host, 600);
  await expect(notice).toBeVisible();
  await expect(row).not.toContainText(vm.host);
  await expect(row).toContainText("running");

  await stack.simulator.power(vm.host, true);
  await expect(notice).toBeHidden();
  expect(await rowsSeen()).toEqual([1]);
  const host = await get<HostView>(stack, `/hosts/${vm.host}`);
  expect(host.state).toBe("online");
});
