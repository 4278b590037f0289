import { expect } from "@playwright/test";
import type { JobView } from "@/lib/domain/job";
import { test } from "./support/fixtures";

const GIBIBYTE = 2 ** 30;

const LINUX = {
  "Operating system": "Linux",
  Host: "hv01",
  Image: "Ubuntu 24.04",
  Size: "30",
  Network: "Servers",
};

test("a Windows VM with a static address joins its domain", async ({ page, newVm, stack, endOf }) => {
  await newVm.open();
  await newVm.fill({
    Name: "win-app-01",
    "Operating system": "Windows",
    Host: "hv01",
    "Virtual processors": "4",
    Memory: "8",
    Image: "Windows Server 2025",
    Size: "60",
    "Storage class": "silver",
    Network: "Production",
    "Adapter name": "Front",
    "IP address": "Static",
    "IPv4 address": "10.20.10.77",
    "Local administrator": "operator",
    "Administrator password": 'Pa"ss \\ wörd & <1>',
    Domain: "corp.example.com",
    "Organizational unit": "OU=Servers,DC=corp,DC=example,DC=com",
    "Join account": "CORP\\joiner",
    "Join password": "J0in; $(me) `now`",
  });
  const jobId = await newVm.create();

  await expect(page.getByRole("heading", { level: 1 })).toContainText("win-app-01");
  await expect(page.getByRole("status")).toContainText("succeeded");
  const log = page.getByRole("log").or(page.getByRole("region", { name: "Log" }));
  await expect(log).toContainText("The guest reports that its configuration is applied.");

  const job = await endOf(jobId);
  expect(job.state).toBe("succeeded");
  expect(job.steps.map(({ name, state }) => [name, state])).toEqual([
    ["vm", "succeeded"],
    ["disk", "succeeded"],
    ["nic", "succeeded"],
    ["initialization", "succeeded"],
  ]);

  const vm = await stack.simulator.vm("win-app-01");
  expect(vm).toMatchObject({
    host: "hv01",
    vm_id: job.outputs.vm_id,
    state: "running",
    generation: 2,
    processor_count: 4,
    memory_startup_bytes: 8 * GIBIBYTE,
    disks: ["C:\\ClusterStorage\\Volume2\\Hyper-V\\win-app-01\\win-app-01.vhdx"],
  });
  expect(vm?.adapters).toMatchObject([{ name: "Front", switch: "Datacenter", vlan_id: 10 }]);
  expect(vm?.adapters[0]?.ip_addresses).toContain("10.20.10.77");
  expect(vm?.guest?.applied).toEqual({
    guest_host_name: "win-app-01",
    guest_la_uid: "operator",
    guest_la_pw: 'Pa"ss \\ wörd & <1>',
    guest_domain_join_target: "corp.example.com",
    guest_domain_join_ou: "OU=Servers,DC=corp,DC=example,DC=com",
    guest_domain_join_uid: "CORP\\joiner",
    guest_domain_join_pw: "J0in; $(me) `now`",
    guest_v4_ip_addr: "10.20.10.77",
    guest_v4_cidr_prefix: "24",
    guest_v4_default_gw: "10.20.10.1",
    guest_v4_dns1: "10.20.0.53",
    guest_v4_dns2: "10.20.0.54",
  });
  const left = Object.keys(vm?.kvp.host ?? {}).filter((key) => /data\.|aes|checksum/.test(key));
  expect(left, "secrets left in KVP").toEqual([]);

  const { body } = await stack.api<{ vms: { vm_name: string; state: string }[] }>("/vms?q=win-app-01");
  expect(body.vms).toMatchObject([{ vm_name: "win-app-01", state: "running" }]);
  await page.getByRole("link", { name: "VMs", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "win-app-01" })).toContainText("running");
});

test("a Linux VM with DHCP", async ({ page, newVm, stack, endOf }) => {
  await newVm.open();
  await newVm.fill({
    ...LINUX,
    Name: "lnx-web-01",
    Host: "hv03",
    "Ansible user": "ansible",
    "Ansible public key":
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFh3bJx1nZ0p2mO8p3kJx2pGk7m8s0c5yJtq1u6w9d2E ops",
  });
  const job = await endOf(await newVm.create());
  await expect(page.getByRole("status")).toContainText("succeeded");
  expect(job.state).toBe("succeeded");
  const vm = await stack.simulator.vm("lnx-web-01");
  expect(vm).toMatchObject({ host: "hv03", state: "running", guest: { os_family: "linux" } });
  expect(vm?.guest?.applied).toEqual({
    guest_host_name: "lnx-web-01",
    ansible_ssh_user: "ansible",
    ansible_ssh_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFh3bJx1nZ0p2mO8p3kJx2pGk7m8s0c5yJtq1u6w9d2E ops",
  });
});

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
    await expect(
      page
        .getByText("backup01")
        .or(page.getByText(/unreachable/i))
        .first(),
    ).toBeVisible();
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
