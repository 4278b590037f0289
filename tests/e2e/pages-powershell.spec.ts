import { expect } from "@playwright/test";
import { test } from "./support/job-fixtures";
import { bulkDelete, bulkPower, editOffVm, editRunningVm, roleRemovedAndAdded } from "./support/vm-changes";
import { deletedWithFiles, everyPowerAction } from "./support/vm-life";
import { adaptersComeAndGo, disksComeAndGo, vmNamed } from "./support/vm-parts";

/** What the pages do is done by the agents themselves, under a PowerShell engine. One after the other, on one fleet. */
test.use({
  stackOptions: {
    simulator: { engine: "powershell" },
    config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 46 } },
  },
});

test("a disk is added, grown and removed with its file", disksComeAndGo);

test("a network adapter is added, changed and removed", adaptersComeAndGo);

test("a VM goes through every power action, and is deleted with its files", async ({ page, stack }) => {
  await everyPowerAction({ page, stack }, "web01");
  await deletedWithFiles({ page, stack }, "web01");
});

test("a VM that is off is changed, and one that runs, and loses its role in the cluster and gets it back", async ({
  page,
  stack,
}) => {
  await editOffVm({ page, stack }, "test-debian");
  await editRunningVm({ page, stack }, "gitlab");
  await roleRemovedAndAdded({ page, stack }, "gitlab");
});

test("several VMs are turned off and started, and others deleted", async ({ page, stack }) => {
  await bulkPower({ page, stack }, ["sql01", "dc01"], "build-old");
  const gone = ["build-old", "backup01"];
  for (const name of gone) {
    const { vm_id } = await vmNamed(stack, name);
    await stack.simulator.setState(vm_id, "off");
    await stack.api(`/vms/${vm_id}?refresh=true`);
  }
  await bulkDelete({ page, stack }, gone, "sql01");
});

test("an unfinished deployment is continued, and another removed", async ({
  page,
  newVm,
  stack,
  deployFailing,
  endOf,
}) => {
  await deployFailing("cut-01");
  await deployFailing("cut-02");
  await page.goto("/unfinished");
  await page.getByRole("button", { name: "Remove cut-01" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove cut-01?" });
  await dialog.getByRole("textbox", { name: "Type cut-01 to confirm" }).fill("cut-01");
  await dialog.getByRole("button", { name: "Remove cut-01" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: "cut-01", exact: true })).toBeHidden();
  await expect.poll(() => stack.simulator.vm("cut-01")).toBeUndefined();
  expect(await stack.simulator.disks("hv02", "cut-01")).toEqual([]);

  await page.getByRole("link", { name: "Continue cut-02" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("cut-02");
  await newVm.submit();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(/\/jobs\/[^/]+$/);
  const job = await endOf(decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? ""));
  expect(job.state).toBe("succeeded");
  expect(await stack.simulator.vm("cut-02")).toMatchObject({ state: "running", adapters: [{}] });
});
