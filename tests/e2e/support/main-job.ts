import { expect, type Page } from "@playwright/test";
import type { JobView } from "@/lib/domain/job";
import type { Stack } from "../../support/stack";
import type { NewVmPage } from "./new-vm-page";

/** What a test of the main job works with (fixtures.ts). */
export interface Parts {
  page: Page;
  newVm: NewVmPage;
  stack: Stack;
  endOf: (jobId: string) => Promise<JobView>;
}

const GIBIBYTE = 2 ** 30;

/** What a Linux VM needs at least, beside its name. */
export const LINUX = {
  "Operating system": "Linux",
  Host: "hv01",
  Image: "Ubuntu 24.04",
  Size: "30",
  Network: "Servers",
};

/** A Windows VM with a static address that joins a domain, from the form to what its guest applied. */
export async function windowsVm({ page, newVm, stack, endOf }: Parts): Promise<void> {
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
  const job = await endOf(jobId);
  await expect(page.getByRole("status")).toContainText("succeeded");
  const log = page.getByRole("log").or(page.getByRole("region", { name: "Log" }));
  await expect(log).toContainText("The guest reports that its configuration is applied.");
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

  type Vms = { vms: { vm_name: string; state: string }[] };
  // The host is read again once the job has ended.
  await expect
    .poll(async () => (await stack.api<Vms>("/vms?q=win-app-01")).body.vms)
    .toMatchObject([{ vm_name: "win-app-01", state: "running" }]);
  await page.getByRole("link", { name: "VMs", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "win-app-01" })).toContainText("running");
}

/** A Linux VM whose address comes from DHCP. */
export async function linuxVm({ page, newVm, stack, endOf }: Parts): Promise<void> {
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
}
