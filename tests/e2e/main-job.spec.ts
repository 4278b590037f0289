import { expect } from "@playwright/test";
import type { JobView } from "@/lib/domain/job";
import { test } from "./support/fixtures";
import { LINUX, linuxVm, windowsVm } from "./support/main-job";

test("a Windows VM with a static address joins its domain", windowsVm);

test("a Linux VM with DHCP", linuxVm);

test("a name that exists is refused on its field, on whatever host it is", async ({ page, newVm, stack }) => {
  const before = (await stack.simulator.vmNames("hv03")).length;
  await newVm.open();
  await newVm.fill({ ...LINUX, Name: "SQL01", Host: "hv03" });
  await newVm.submit();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveValue("SQL01");
  await expect(page.getByText(/sql01.*exists/i).first()).toBeVisible();

  expect(await stack.simulator.vmNames("hv03")).toHaveLength(before);
  const { body } = await stack.api<{ jobs: JobView[] }>("/jobs");
  expect(body.jobs.filter(({ vm_name }) => vm_name === "SQL01")).toEqual([]);

  await newVm.fill({ Name: "sql02" });
  await newVm.create();
});

test("a step that fails in the middle stops the deployment and names what exists", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  await stack.simulator.fault({
    host: "hv02",
    kind: "agent_error",
    agent: "nic",
    operation: "create",
    code: "hyperv_error",
    message: "The virtual switch is being reconfigured.",
    times: 1,
  });
  await newVm.open();
  await newVm.fill({ ...LINUX, Name: "half-made", Host: "hv02" });
  const jobId = await newVm.create();
  const job = await endOf(jobId);

  expect(job.state).toBe("failed");
  expect(job.error).toMatchObject({ code: "hyperv_error", step: "nic" });
  expect(job.error?.exists.map(({ kind, name }) => [kind, name])).toEqual([
    ["vm", "half-made"],
    ["disk", "half-made.vhdx"],
  ]);
  expect(job.steps.map(({ state }) => state)).toEqual(["succeeded", "succeeded", "failed", "pending"]);

  await expect(page.getByRole("status")).toContainText("failed");
  const main = page.getByRole("main");
  await expect(main).toContainText("The virtual switch is being reconfigured.");
  await expect(main.getByRole("definition").filter({ hasText: "half-made.vhdx" })).toBeVisible();

  const vm = await stack.simulator.vm("half-made");
  expect(vm).toMatchObject({ host: "hv02", state: "off", adapters: [] });
  expect(vm?.disks).toHaveLength(1);
  expect(vm?.notes).toContain("aetherv begin");
});

test("a host that is down cannot be chosen, and a deployment to it fails with the reason", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  await stack.simulator.power("hv03", false);
  try {
    const request = {
      vm_name: "nowhere",
      os_family: "linux",
      target_host: "hv03",
      image_name: "Ubuntu 24.04",
      size_gb: 30,
      network: "Servers",
    };
    const submitted = await stack.api<{ job_id: string }>("/managed-deployments", { body: request });
    expect(submitted.status).toBe(202);
    const job = await endOf(submitted.body.job_id);
    expect(job).toMatchObject({
      state: "failed",
      error: { code: "host_unreachable", step: "vm", exists: [] },
    });
    await page.goto(`/jobs/${submitted.body.job_id}`);
    await expect(page.getByRole("main")).toContainText("Nothing was created.");

    await stack.api("/inventory/refresh", { body: { host: "hv03" } });
    await expect
      .poll(async () => (await stack.api<{ state: string }>("/hosts/hv03")).body.state)
      .toBe("unreachable");
    await page.goto("/hosts");
    await expect(page.getByRole("row").filter({ hasText: "hv03" })).toContainText("unreachable");
    await newVm.open();
    await expect(page.getByRole("radio", { name: "hv03", exact: true })).toBeDisabled();
    await page.goto("/vms");
    await expect(page.getByRole("row").filter({ hasText: "backup01" })).toBeVisible();
    expect(await stack.simulator.vmNames("hv03")).not.toContain("nowhere");
  } finally {
    await stack.simulator.power("hv03", true);
    await stack.api("/inventory/refresh", { body: { host: "hv03" } });
  }
});
