import { AethervError } from "@/lib/domain/errors";
import type { Hypervisor, InventoryRead } from "@/lib/domain/hypervisor";
import type { HostRecord, VmRecord } from "@/lib/domain/inventory";
import { hostRecord, vmRecord } from "./fake-records";

/** A VM as it truly is; `host` is null once it is deleted. */
export interface TrueVm {
  vm_id: string;
  name: string;
  host: string | null;
  clustered: boolean;
  /** The turn of its last move: it stays until a read of its new host that began later has been answered. */
  movedAt: number;
}

/** What the newest answered read that has the VM said of it. */
export interface Told {
  host: string;
  name: string;
  began: number;
}

interface PendingRead {
  host: string;
  began: number;
  /** Its VMs at the moment at which the host looked; null: it has not looked yet. */
  looked: VmRecord[] | null;
  settle: { resolve: (read: InventoryRead) => void; reject: (reason: Error) => void };
}

const NODES = ["hv01", "hv02"];
const HOSTS = [...NODES, "hv03", "hv04"];

/**
 * Hosts whose VMs move, are renamed and deleted while reads are under way: each read looks at its host at one
 * moment between its beginning and its answer, as the test says. Notes what was told, read by read.
 */
export class MovingFleet implements Pick<Hypervisor, "readInventory"> {
  readonly hosts = HOSTS;
  readonly vms: TrueVm[];
  readonly pending: PendingRead[] = [];
  readonly told = new Map<string, Told>();
  /** Of each host: when the latest of its answered reads began. */
  readonly #readSince = new Map<string, number>();
  #turn = 0;

  constructor(count: number) {
    this.vms = Array.from({ length: count }, (_, index) => ({
      vm_id: `00000000-0000-0000-0000-00000000000${index}`,
      name: `vm${index}`,
      host: HOSTS[index % HOSTS.length] ?? null,
      clustered: index % HOSTS.length < NODES.length && index % 3 > 0,
      movedAt: 0,
    }));
  }

  readInventory(host: string): Promise<InventoryRead> {
    this.#turn += 1;
    const began = this.#turn;
    return new Promise((resolve, reject) => {
      this.pending.push({ host, began, looked: null, settle: { resolve, reject } });
    });
  }

  /** Where a VM may be, or be moved to. */
  mayBeOn({ clustered }: TrueVm): readonly string[] {
    return clustered ? NODES : HOSTS;
  }

  move(vm: TrueVm, to: string): void {
    if (vm.host === null || !this.mayBeOn(vm).includes(to)) return;
    if (vm.movedAt > 0 && (this.#readSince.get(vm.host) ?? 0) < vm.movedAt) return;
    this.#turn += 1;
    vm.host = to;
    vm.movedAt = this.#turn;
  }

  delete(vm: TrueVm): void {
    vm.host = null;
  }

  /** One VM read by itself, now. */
  lookAt(vm: TrueVm): { host: string; record: VmRecord } | null {
    if (vm.host === null) return null;
    this.#turn += 1;
    this.#tell(vm.vm_id, { host: vm.host, name: vm.name, began: this.#turn });
    return { host: vm.host, record: recordOf(vm) };
  }

  look(read: PendingRead): void {
    read.looked ??= this.vms.filter(({ host }) => host === read.host).map(recordOf);
  }

  answer(read: PendingRead): void {
    this.look(read);
    const vms = read.looked ?? [];
    this.#drop(read);
    this.#readSince.set(read.host, read.began);
    for (const { vm_id, vm_name } of vms) {
      this.#tell(vm_id, { host: read.host, name: vm_name, began: read.began });
    }
    const inventory = { host: recordOfHost(read.host), vms, unread_vms: [] };
    read.settle.resolve({ inventory, round_trips: 1, received_bytes: 1 });
  }

  fail(read: PendingRead): void {
    this.#drop(read);
    read.settle.reject(new AethervError("host_unreachable", `${read.host} does not answer.`));
  }

  /** Whether the host was read since the newest read that has the VM. */
  readSinceTold(host: string, vm: TrueVm): boolean {
    return (this.#readSince.get(host) ?? 0) > (this.told.get(vm.vm_id)?.began ?? 0);
  }

  /** Whether it is deleted, and every host that may have it was read after the newest read that had it. */
  confirmedGone(vm: TrueVm): boolean {
    const last = this.told.get(vm.vm_id)?.began ?? 0;
    return vm.host === null && this.mayBeOn(vm).every((host) => (this.#readSince.get(host) ?? 0) > last);
  }

  #drop(read: PendingRead): void {
    this.pending.splice(this.pending.indexOf(read), 1);
  }

  #tell(vmId: string, told: Told): void {
    if (told.began > (this.told.get(vmId)?.began ?? 0)) this.told.set(vmId, told);
  }
}

function recordOf({ vm_id, name, clustered }: TrueVm): VmRecord {
  return vmRecord(name, { vm_id, cluster_role: clustered ? { name, state: "online" } : null });
}

function recordOfHost(name: string): HostRecord {
  if (!NODES.includes(name)) return hostRecord(name, { cluster: null, cluster_nodes: [] });
  const cluster_nodes = NODES.map((node) => ({ name: node.toUpperCase(), state: "up" as const }));
  return hostRecord(name, { cluster_nodes });
}
