import { nextDynamicMac } from "../adapters";
import { GIBIBYTE } from "../bytes";
import { addCheckpoint } from "../checkpoints";
import { addHardDiskDrive } from "../drives";
import type { NetworkAdapter, VirtualMachine, VmState } from "../model";
import { newVhd, removeFile } from "../storage";
import { newVm } from "../virtual-machines";
import { joinPath } from "../windows-path";
import type { PlannedHost } from "./layout";
import type { Random } from "./random";
import { GROWN_NAMES, NOTES, OS_NAMES, ROLES, type Role } from "./roles";

const STATES: readonly [StateShare, ...StateShare[]] = [
  { state: "running", weight: 820 },
  { state: "off", weight: 140 },
  { state: "saved", weight: 22 },
  { state: "paused", weight: 14 },
  { state: "critical", weight: 4 },
];
interface StateShare {
  state: VmState;
  weight: number;
}
const SWITCH_OF: Readonly<Record<number, string>> = {
  10: "Datacenter",
  20: "Datacenter",
  30: "Perimeter",
  40: "Storage",
};
/** Hosts' part of a subnet, and how far apart the subnets of one VLAN are. */
const ADDRESSES = { perSubnet: 240, apart: 50, subnets: 5 };

/** Makes VMs that look as if they had come together over the years. */
export class FleetVms {
  readonly #random: Random;
  readonly #now: number;
  readonly #numbers = new Map<string, number>();

  constructor(random: Random, now: number) {
    this.#random = random;
    this.#now = now;
  }

  /** Adds one VM to a host. */
  add(planned: PlannedHost): VirtualMachine {
    const random = this.#random;
    const role = random.weighted(ROLES);
    const name = this.#name(planned, role);
    const vm = newVm(planned.host, {
      name,
      id: random.guid(),
      memoryStartupBytes: random.pick(role.memoryGb) * GIBIBYTE,
      path: joinPath(planned.folders[0], name),
      generation: random.chance(0.06) ? 1 : 2,
    });
    vm.processorCount = random.pick(role.cores);
    vm.loadPercent = random.integer(...role.load);
    vm.dynamicMemory = role.os === "windows" && random.chance(0.35);
    vm.automaticStart = random.chance(0.1) ? "never" : random.pick(["if_it_ran", "always"]);
    vm.notes = this.#notes();
    vm.clustered = planned.host.cluster !== null && random.chance(0.97);
    if (role.os === "linux") vm.secureBoot.template = "MicrosoftUEFICertificateAuthority";
    this.#addDisks(planned, vm, role);
    this.#addAdapters(planned, vm, role);
    this.#enterState(planned, vm);
    return vm;
  }

  #name({ site }: PlannedHost, role: Role): string {
    const random = this.#random;
    if (random.chance(0.012)) {
      const grown = random.pick(GROWN_NAMES);
      const number = this.#next(grown);
      return number === 1 ? grown : `${grown.slice(0, 96)} ${number}`;
    }
    const key = `${site.name}-${role.name}`;
    return `${key}-${String(this.#next(key)).padStart(2, "0")}`;
  }

  #notes(): string {
    const random = this.#random;
    const own = random.chance(0.3) ? random.pick(NOTES) : "";
    if (!random.chance(0.15)) return own;
    const marker = {
      deployment_id: random.guid(),
      completed: new Date(this.#now - random.integer(1, 9e9)).toISOString(),
    };
    const block = `--- aetherv begin ---\n${JSON.stringify(marker)}\n--- aetherv end ---`;
    return own === "" ? block : `${own}\n${block}`;
  }

  #addDisks(planned: PlannedHost, vm: VirtualMachine, role: Role): void {
    const random = this.#random;
    const { host, folders } = planned;
    for (const [index, sizes] of role.disksGb.entries()) {
      const folder = index === 0 ? random.pick([folders[0], folders[1] ?? folders[0]]) : random.pick(folders);
      const file = index === 0 ? `${vm.name}.vhdx` : `${vm.name}-${index + 1}.vhdx`;
      const virtualBytes = random.pick(sizes) * GIBIBYTE;
      const fixed = random.chance(0.08);
      const path = joinPath(folder, vm.name, file);
      const disk = newVhd(host, { path, virtualBytes, type: fixed ? "fixed" : "dynamic" });
      if (!fixed) disk.fileBytes = Math.round((virtualBytes * (0.1 + random.next() * 0.8)) / 4096) * 4096;
      disk.diskIdentifier = random.guid();
      // One in twenty has no integration services.
      if (index === 0 && random.chance(0.95)) {
        const hostName = /^[a-z0-9-]+$/.test(vm.name) ? vm.name : `${role.name}${random.integer(100, 999)}`;
        disk.identity = { osName: random.pick(OS_NAMES[role.os]), hostName: `${hostName}.corp.example` };
      }
      addHardDiskDrive(host, vm, path);
    }
    for (let left = random.chance(0.06) ? random.integer(1, 3) : 0; left > 0; left -= 1) {
      addCheckpoint(
        host,
        vm,
        random.pick(["Before update", "Before migration", "Clean install"]),
        random.guid(),
      );
    }
  }

  #addAdapters({ host }: PlannedHost, vm: VirtualMachine, role: Role): void {
    const random = this.#random;
    const vlans = [role.vlan];
    if (random.chance(0.12)) vlans.push(40);
    if (random.chance(0.03)) vlans.push(10, 20);
    vm.adapters = vlans.map((vlan, index): NetworkAdapter => {
      const wanted = SWITCH_OF[vlan] ?? "Datacenter";
      return {
        id: random.guid(),
        name: index === 0 ? "Network Adapter" : `Network Adapter ${index + 1}`,
        switchName: host.switches.includes(wanted) && random.chance(0.99) ? wanted : null,
        vlanId: vlan,
        dynamicMac: true,
        mac: null,
        ipAddresses: [],
      };
    });
    const disks = vm.bootOrder.filter((device) => device.startsWith("disk:"));
    vm.bootOrder = [...disks, ...vm.adapters.map(({ id }) => `nic:${id}`)];
  }

  #enterState(planned: PlannedHost, vm: VirtualMachine): void {
    const random = this.#random;
    const { host } = planned;
    vm.state = random.weighted(STATES).state;
    if (vm.state === "off" && random.chance(0.3)) return;
    for (const adapter of vm.adapters) adapter.mac = nextDynamicMac(host);
    if (vm.state === "off" || vm.state === "saved") return;
    vm.startedAt = this.#now - Math.round(random.next() * (this.#now - host.bootedAt));
    if (random.chance(0.01)) vm.heartbeat = random.pick(["lost", "error"]);
    if (random.chance(0.004)) vm.activity = random.pick(["merging_disks", "exporting"]);
    for (const adapter of vm.adapters) {
      if (adapter.switchName !== null) adapter.ipAddresses = this.#addresses(planned, adapter);
    }
    const [lost] = vm.hardDiskDrives.slice(-1);
    if (vm.state === "critical" && lost !== undefined) removeFile(host, lost.path);
  }

  #addresses({ site }: PlannedHost, { vlanId, mac }: NetworkAdapter): string[] {
    const vlan = vlanId ?? 1;
    const number = this.#next(`${site.name} ${vlan}`) - 1;
    const subnet = Math.floor(number / ADDRESSES.perSubnet) % ADDRESSES.subnets;
    const v4 = `10.${site.network}.${vlan + subnet * ADDRESSES.apart}.${10 + (number % ADDRESSES.perSubnet)}`;
    return this.#random.chance(0.5)
      ? [v4]
      : [v4, `fe80::215:5dff:fe${mac?.slice(6, 8)}:${mac?.slice(8)}`.toLowerCase()];
  }

  #next(key: string): number {
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    return number;
  }
}
