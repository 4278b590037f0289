import { addAdapter, connectAdapter, nextDynamicMac, removeAdapter } from "./adapters";
import { GIBIBYTE } from "./bytes";
import { addHardDiskDrive } from "./drives";
import type { Host, VirtualMachine } from "./model";
import { seedHosts } from "./seed-hosts";
import { newVhd } from "./storage";
import { newVm, setProcessorCount, setSecureBootTemplate } from "./virtual-machines";
import { joinPath } from "./windows-path";

interface SeedVm {
  host: string;
  name: string;
  os: "windows" | "linux";
  cores: number;
  memoryGb: number;
  disks: { folder: string; sizeGb: number; fileGb: number }[];
  vlan: number;
  notes: string;
  /** null: the VM is off. */
  running: { days: number; address: string; load: number } | null;
}

const GOLD = "C:\\ClusterStorage\\Volume1\\Hyper-V";
const SILVER = "C:\\ClusterStorage\\Volume2\\Hyper-V";
const LOCAL = "D:\\Hyper-V";
const OS_NAME = { windows: "Windows Server 2022 Datacenter", linux: "Debian GNU/Linux" };
const DAY_MS = 86_400_000;

const VMS: SeedVm[] = [
  {
    host: "hv01",
    name: "dc01",
    os: "windows",
    cores: 4,
    memoryGb: 8,
    disks: [{ folder: GOLD, sizeGb: 80, fileGb: 31 }],
    vlan: 10,
    notes: "Domain controller. Do not move during backups.",
    running: { days: 41, address: "10.20.10.11", load: 3 },
  },
  {
    host: "hv01",
    name: "sql01",
    os: "windows",
    cores: 8,
    memoryGb: 32,
    disks: [
      { folder: GOLD, sizeGb: 100, fileGb: 48 },
      { folder: SILVER, sizeGb: 500, fileGb: 212 },
    ],
    vlan: 10,
    notes: "",
    running: { days: 12, address: "10.20.10.21", load: 34 },
  },
  {
    host: "hv01",
    name: "build-old",
    os: "linux",
    cores: 4,
    memoryGb: 8,
    disks: [{ folder: SILVER, sizeGb: 60, fileGb: 27 }],
    vlan: 20,
    notes: "Switched off in spring; keep until the new one is accepted.",
    running: null,
  },
  {
    host: "hv02",
    name: "web01",
    os: "linux",
    cores: 2,
    memoryGb: 4,
    disks: [{ folder: SILVER, sizeGb: 30, fileGb: 9 }],
    vlan: 30,
    notes: "",
    running: { days: 88, address: "192.0.2.80", load: 12 },
  },
  {
    host: "hv02",
    name: "gitlab",
    os: "linux",
    cores: 8,
    memoryGb: 16,
    disks: [{ folder: GOLD, sizeGb: 200, fileGb: 117 }],
    vlan: 20,
    notes: "",
    running: { days: 5, address: "10.20.20.40", load: 22 },
  },
  {
    host: "hv03",
    name: "backup01",
    os: "windows",
    cores: 4,
    memoryGb: 16,
    disks: [{ folder: LOCAL, sizeGb: 120, fileGb: 64 }],
    vlan: 20,
    notes: "",
    running: { days: 203, address: "10.20.20.90", load: 6 },
  },
  {
    host: "hv03",
    name: "test-debian",
    os: "linux",
    cores: 2,
    memoryGb: 2,
    disks: [{ folder: LOCAL, sizeGb: 20, fileGb: 4 }],
    vlan: 20,
    notes: "",
    running: null,
  },
];

/** The three hosts with a few VMs that nobody made with AetherV. */
export function seedDemo(now: number): Host[] {
  const hosts = seedHosts(now);
  for (const host of hosts) {
    for (const seed of VMS.filter((vm) => vm.host === host.name)) addVm(host, seed, now);
  }
  return hosts;
}

function addVm(host: Host, seed: SeedVm, now: number): void {
  const vm = newVm(host, {
    name: seed.name,
    memoryStartupBytes: seed.memoryGb * GIBIBYTE,
    path: joinPath(seed.disks[0]?.folder ?? LOCAL, seed.name),
  });
  setProcessorCount(host, vm, seed.cores);
  if (seed.os === "linux") setSecureBootTemplate(vm, "MicrosoftUEFICertificateAuthority");
  vm.notes = seed.notes;
  vm.clustered = host.cluster !== null;
  addDisks(host, vm, seed);
  for (const adapter of vm.adapters) removeAdapter(vm, adapter.id);
  const adapter = addAdapter(vm, "Network Adapter");
  connectAdapter(host, adapter, seed.vlan === 30 ? "Perimeter" : "Datacenter");
  adapter.vlanId = seed.vlan;
  if (seed.running === null) return;
  vm.state = "running";
  vm.loadPercent = seed.running.load;
  vm.startedAt = now - seed.running.days * DAY_MS;
  adapter.mac = nextDynamicMac(host);
  adapter.ipAddresses = [seed.running.address];
}

function addDisks(host: Host, vm: VirtualMachine, seed: SeedVm): void {
  for (const [index, disk] of seed.disks.entries()) {
    const name = index === 0 ? `${seed.name}.vhdx` : `${seed.name}-${index + 1}.vhdx`;
    const path = joinPath(disk.folder, seed.name, name);
    const file = newVhd(host, { path, virtualBytes: disk.sizeGb * GIBIBYTE, type: "dynamic" });
    file.fileBytes = disk.fileGb * GIBIBYTE;
    if (index === 0) file.identity = { osName: OS_NAME[seed.os], hostName: `${seed.name}.corp.example` };
    addHardDiskDrive(host, vm, path);
  }
}
