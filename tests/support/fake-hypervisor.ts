import { randomUUID } from "node:crypto";
import type {
  DeletedDisk,
  DeletedVm,
  DeletionPlan,
  DiskDeletion,
  NodeFileUse,
  VmDeletion,
} from "@/lib/domain/deletion";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { HostFindings } from "@/lib/domain/host-check";
import {
  type CallContext,
  type CreatedDisk,
  type CreatedNic,
  type CreatedVm,
  type ExchangeStage,
  type GuestConfig,
  type GuestStatus,
  type Hypervisor,
  type InitializationBegun,
  type InitializationRequest,
  type InventoryRead,
  readCall,
} from "@/lib/domain/hypervisor";
import type {
  DiskRecord,
  HostInventory,
  KnownDisk,
  NicRecord,
  VmRecord,
  VmState,
} from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { GB } from "@/lib/domain/units";
import { FakeCalls } from "./fake-calls";
import { changeAdapter, changeVm, filesOf, powered, removeFrom } from "./fake-changes";
import { hostRecord, vmRecord } from "./fake-records";

export const KEY = "a".repeat(64);
export const OLD_KEY = "b".repeat(64);

/** What a guest says, read after read; the last one stays. */
export const HEALTHY_GUEST: readonly Partial<GuestStatus>[] = [
  {},
  { guest_state: "waitingforaeskey", key_fingerprint: KEY },
  { guest_state: "applying", key_fingerprint: KEY },
  { guest_state: "provisioningapplied", key_fingerprint: KEY },
];

/** What an agent finds on a host where nothing is missing. */
export const HEALTHY_HOST: HostFindings = {
  powershell_version: "5.1.26100.1",
  language_mode: "FullLanguage",
  hyperv_module: { problem: null },
  service: { status: "running" },
  rights: { problem: null },
  share: null,
  cluster: { problem: null },
  resources: { code: null, problem: null, missing_paths: [], missing_switches: [] },
};

/** A Hyper-V host in memory for tests of what stands above the port: it obeys, or fails as told. */
export class FakeHypervisor extends FakeCalls implements Hypervisor {
  readonly published: GuestConfig[] = [];
  /** Of each read of a host: the disks that it was not to open. */
  readonly knownDisks: string[][] = [];
  readonly hosts = new Map<string, HostInventory>();
  /** The guest of every VM that is powered on from now on. */
  guest: readonly Partial<GuestStatus>[] = HEALTHY_GUEST;
  staleKey: string | null = null;
  readonly #reads = new Map<string, number>();

  constructor(...hosts: string[]) {
    super();
    for (const host of hosts.length === 0 ? ["hv01"] : hosts) {
      this.hosts.set(host, { host: hostRecord(host), vms: [], unread_vms: [] });
    }
  }

  inventory(host: string): HostInventory {
    const found = this.hosts.get(host);
    if (found === undefined) throw new AethervError("host_unreachable", `${host} does not answer.`);
    return found;
  }

  createVm(host: string, spec: FieldValues, call: CallContext): Promise<CreatedVm> {
    return this.run("createVm", host, null, spec, call, () => {
      const hardware = {
        memory_startup_bytes: Number(spec.gb_ram) * GB,
        cpu_cores: Number(spec.cpu_cores),
      };
      const isThere = typeof spec.vm_id === "string";
      const vm = isThere ? this.#vm(host, String(spec.vm_id)) : vmRecord(String(spec.vm_name));
      Object.assign(vm, { ...hardware, nics: [] });
      if (!isThere) this.inventory(host).vms.push(vm);
      return { vm_id: vm.vm_id, vm_name: vm.vm_name };
    });
  }

  readVm(host: string, vmId: string, call: CallContext): Promise<VmRecord> {
    return this.run("readVm", host, vmId, {}, call, () => structuredClone(this.#vm(host, vmId)));
  }

  updateVm(host: string, vmId: string, changes: FieldValues, call: CallContext): Promise<CreatedVm> {
    return this.run("updateVm", host, vmId, changes, call, () => {
      const vm = this.#vm(host, vmId);
      changeVm(vm, changes);
      return { vm_id: vmId, vm_name: vm.vm_name };
    });
  }

  planVmDeletion(
    host: string,
    vmId: string,
    otherNodes: readonly NodeFileUse[],
    call: CallContext,
  ): Promise<DeletionPlan> {
    return this.run("planVmDeletion", host, vmId, { other_nodes: [...otherNodes] }, call, () => {
      const { disks, checkpoints, cluster_role, state } = this.#vm(host, vmId);
      const files = disks.map(({ path, file_bytes }) => {
        return {
          path,
          kind: "disk" as const,
          size_bytes: file_bytes,
          deletable: true,
          code: null,
          reason: null,
        };
      });
      return { files, checkpoints, cluster_role: cluster_role?.name ?? null, state };
    });
  }

  deleteVm(host: string, vmId: string, deletion: VmDeletion, call: CallContext): Promise<DeletedVm> {
    return this.run("deleteVm", host, vmId, { ...deletion }, call, () => {
      const vm = this.#vm(host, vmId);
      removeFrom(this.inventory(host).vms, vm);
      const files = vm.disks.map(({ path }) => path);
      return deletion.delete_files
        ? { deleted_files: files, kept_files: [] }
        : { deleted_files: [], kept_files: files };
    });
  }

  powerVm(host: string, vmId: string, action: PowerAction, call: CallContext): Promise<VmState> {
    return this.run("powerVm", host, vmId, { action }, call, () => powered(this.#vm(host, vmId), action));
  }

  addToCluster(host: string, vmId: string, call: CallContext): Promise<string> {
    return this.run("addToCluster", host, vmId, {}, call, () => {
      const vm = this.#vm(host, vmId);
      vm.cluster_role = { name: vm.vm_name, state: vm.state === "running" ? "online" : "offline" };
      return this.inventory(host).host.cluster ?? "";
    });
  }

  removeFromCluster(host: string, vmId: string, call: CallContext): Promise<void> {
    return this.run("removeFromCluster", host, vmId, {}, call, () => {
      this.#vm(host, vmId).cluster_role = null;
    });
  }

  createDisk(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedDisk> {
    return this.run("createDisk", host, vmId, spec, call, () => {
      const vm = this.#vm(host, vmId);
      const size_gb = Number(spec.size_gb);
      const path = `C:\\ClusterStorage\\gold\\${vm.vm_name}-${vm.disks.length + 1}.vhdx`;
      const disk_id = randomUUID();
      vm.disks.push({ disk_id, path, size_bytes: size_gb * GB, file_bytes: GB });
      return { disk_id, path, size_gb };
    });
  }

  updateDisk(
    host: string,
    vmId: string,
    diskId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedDisk> {
    return this.run("updateDisk", host, vmId, { ...changes, disk_id: diskId }, call, () => {
      const disk = this.#disk(host, vmId, diskId);
      const size_gb = Number(changes.size_gb);
      disk.size_bytes = size_gb * GB;
      return { disk_id: diskId, path: disk.path, size_gb };
    });
  }

  deleteDisk(
    host: string,
    vmId: string,
    diskId: string,
    deletion: DiskDeletion,
    call: CallContext,
  ): Promise<DeletedDisk> {
    return this.run("deleteDisk", host, vmId, { ...deletion, disk_id: diskId }, call, () => {
      const disk = this.#disk(host, vmId, diskId);
      removeFrom(this.#vm(host, vmId).disks, disk);
      return { path: disk.path, deleted: deletion.delete_file };
    });
  }

  createNic(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedNic> {
    return this.run("createNic", host, vmId, spec, call, () => {
      const nic_id = `Microsoft:${vmId}\\${randomUUID()}`;
      const adapter_name = String(spec.adapter_name ?? spec.network);
      this.#vm(host, vmId).nics.push({
        nic_id,
        adapter_name,
        network: String(spec.network),
        virtual_switch: "vSwitch",
        vlan_id: 10,
        mac_address: null,
        ip_addresses: [],
      });
      return { nic_id, adapter_name, mac_address: null };
    });
  }

  updateNic(
    host: string,
    vmId: string,
    nicId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedNic> {
    return this.run("updateNic", host, vmId, { ...changes, nic_id: nicId }, call, () => {
      const nic = this.#nic(host, vmId, nicId);
      changeAdapter(nic, changes);
      return { nic_id: nicId, adapter_name: nic.adapter_name, mac_address: nic.mac_address };
    });
  }

  deleteNic(host: string, vmId: string, nicId: string, call: CallContext): Promise<void> {
    return this.run("deleteNic", host, vmId, { nic_id: nicId }, call, () => {
      removeFrom(this.#vm(host, vmId).nics, this.#nic(host, vmId, nicId));
    });
  }

  beginInitialization(
    host: string,
    request: InitializationRequest,
    call: CallContext,
  ): Promise<InitializationBegun> {
    return this.run("beginInitialization", host, request.vm_id, { ...request }, call, () => {
      const vm = this.#vm(host, request.vm_id);
      vm.state = "running";
      return { vm_name: vm.vm_name, stale_key_fingerprint: this.staleKey };
    });
  }

  guestStatus(host: string, vmId: string, call: CallContext): Promise<GuestStatus> {
    return this.run("guestStatus", host, vmId, {}, call, () => {
      const read = this.#reads.get(vmId) ?? 0;
      this.#reads.set(vmId, read + 1);
      const said = this.guest[Math.min(read, this.guest.length - 1)];
      const silent = { host_state: null, guest_state: null, key_fingerprint: null, guest_error: null };
      return { vm_state: this.#vm(host, vmId).state, ...silent, ...said };
    });
  }

  publishGuestConfig(
    host: string,
    request: InitializationRequest,
    keyFingerprint: string,
    guestConfig: GuestConfig,
    call: CallContext,
  ): Promise<void> {
    const spec = { ...request, key_fingerprint: keyFingerprint };
    return this.run("publishGuestConfig", host, request.vm_id, spec, call, () => {
      this.published.push(guestConfig);
    });
  }

  announceGuestConfig(host: string, vmId: string, call: CallContext): Promise<void> {
    return this.run("announceGuestConfig", host, vmId, {}, call, () => {});
  }

  finishInitialization(host: string, vmId: string, stage: ExchangeStage, call: CallContext): Promise<void> {
    return this.run("finishInitialization", host, vmId, { stage }, call, () => {});
  }

  async readInventory(
    host: string,
    known: readonly KnownDisk[],
    signal: AbortSignal,
  ): Promise<InventoryRead> {
    const call = readCall(signal);
    this.knownDisks.push(known.map(({ path }) => path));
    return this.run("readInventory", host, null, {}, call, () => ({
      inventory: structuredClone(this.inventory(host)),
      round_trips: 8,
      received_bytes: 10_000,
    }));
  }

  readFileUse(host: string, call: CallContext): Promise<NodeFileUse> {
    return this.run("readFileUse", host, null, {}, call, () => filesOf(this.inventory(host)));
  }

  checkHost(host: string, call: CallContext): Promise<HostFindings> {
    return this.run("checkHost", host, null, {}, call, () => structuredClone(HEALTHY_HOST));
  }

  #disk(host: string, vmId: string, diskId: string): DiskRecord {
    const disk = this.#vm(host, vmId).disks.find(({ disk_id }) => disk_id === diskId);
    if (disk === undefined) throw new AethervError("disk_not_found", "There is no such disk.");
    return disk;
  }

  #nic(host: string, vmId: string, nicId: string): NicRecord {
    const nic = this.#vm(host, vmId).nics.find(({ nic_id }) => nic_id === nicId);
    if (nic === undefined) throw new AethervError("nic_not_found", "There is no such adapter.");
    return nic;
  }

  #vm(host: string, vmId: string): VmRecord {
    const vm = this.inventory(host).vms.find(({ vm_id }) => vm_id === vmId);
    if (vm === undefined) throw new AethervError("vm_not_found", "There is no such VM.");
    return vm;
  }
}
