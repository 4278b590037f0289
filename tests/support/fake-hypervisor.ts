import { randomUUID } from "node:crypto";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type {
  CallContext,
  CreatedDisk,
  CreatedNic,
  CreatedVm,
  ExchangeStage,
  GuestConfig,
  GuestStatus,
  Hypervisor,
  InitializationBegun,
  InitializationRequest,
  InventoryRead,
} from "@/lib/domain/hypervisor";
import type { HostInventory, HostRecord, KnownDisk, VmRecord } from "@/lib/domain/inventory";

const GB = 2 ** 30;

export type Method = keyof Hypervisor;

/** One call as it arrived. */
export interface SeenCall {
  method: Method;
  host: string;
  vmId: string | null;
  spec: FieldValues;
}

interface Script {
  method: Method;
  /** Thrown in place of the answer. */
  error: AethervError | null;
  /** Carry the operation out before throwing. */
  applied: boolean;
  /** The call answers only when this has resolved. */
  gate: Promise<void> | null;
}

export const KEY = "a".repeat(64);
export const OLD_KEY = "b".repeat(64);

/** What a guest says, read after read; the last one stays. */
export const HEALTHY_GUEST: readonly Partial<GuestStatus>[] = [
  {},
  { guest_state: "waitingforaeskey", key_fingerprint: KEY },
  { guest_state: "applying", key_fingerprint: KEY },
  { guest_state: "provisioningapplied", key_fingerprint: KEY },
];

/** A Hyper-V host in memory for tests of what stands above the port: it obeys, or fails as told. */
export class FakeHypervisor implements Hypervisor {
  readonly calls: SeenCall[] = [];
  readonly published: GuestConfig[] = [];
  /** Of each read of a host: the disks that it was not to open. */
  readonly knownDisks: string[][] = [];
  readonly hosts = new Map<string, HostInventory>();
  /** The guest of every VM that is powered on from now on. */
  guest: readonly Partial<GuestStatus>[] = HEALTHY_GUEST;
  staleKey: string | null = null;
  readonly #scripts: Script[] = [];
  readonly #reads = new Map<string, number>();

  constructor(...hosts: string[]) {
    for (const host of hosts.length === 0 ? ["hv01"] : hosts) {
      this.hosts.set(host, { host: hostRecord(host), vms: [] });
    }
  }

  /** The next call of `method` fails; `applied`: after it was carried out, as when contact is lost. */
  failNext(method: Method, error: AethervError, { applied = false } = {}): void {
    this.#scripts.push({ method, error, applied, gate: null });
  }

  /** The next call of `method` waits until the returned function is called. */
  holdNext(method: Method): () => void {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#scripts.push({ method, error: null, applied: true, gate });
    return release;
  }

  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  inventory(host: string): HostInventory {
    const found = this.hosts.get(host);
    if (found === undefined) throw new AethervError("host_unreachable", `${host} does not answer.`);
    return found;
  }

  createVm(host: string, spec: FieldValues, call: CallContext): Promise<CreatedVm> {
    return this.#run("createVm", host, null, spec, call, () => {
      const vm = vmRecord(String(spec.vm_name), {
        memory_startup_bytes: Number(spec.gb_ram) * GB,
        cpu_cores: Number(spec.cpu_cores),
      });
      this.inventory(host).vms.push(vm);
      return { vm_id: vm.vm_id, vm_name: vm.vm_name };
    });
  }

  readVm(host: string, vmId: string, call: CallContext): Promise<VmRecord> {
    return this.#run("readVm", host, vmId, {}, call, () => structuredClone(this.#vm(host, vmId)));
  }

  createDisk(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedDisk> {
    return this.#run("createDisk", host, vmId, spec, call, () => {
      const vm = this.#vm(host, vmId);
      const size_gb = Number(spec.size_gb);
      const path = `C:\\ClusterStorage\\gold\\${vm.vm_name}-${vm.disks.length + 1}.vhdx`;
      const disk_id = randomUUID();
      vm.disks.push({ disk_id, path, size_bytes: size_gb * GB, file_bytes: GB });
      return { disk_id, path, size_gb };
    });
  }

  createNic(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedNic> {
    return this.#run("createNic", host, vmId, spec, call, () => {
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

  beginInitialization(
    host: string,
    request: InitializationRequest,
    call: CallContext,
  ): Promise<InitializationBegun> {
    return this.#run("beginInitialization", host, request.vm_id, { ...request }, call, () => {
      const vm = this.#vm(host, request.vm_id);
      vm.state = "running";
      return { vm_name: vm.vm_name, stale_key_fingerprint: this.staleKey };
    });
  }

  guestStatus(host: string, vmId: string, call: CallContext): Promise<GuestStatus> {
    return this.#run("guestStatus", host, vmId, {}, call, () => {
      const read = this.#reads.get(vmId) ?? 0;
      this.#reads.set(vmId, read + 1);
      const said = this.guest[Math.min(read, this.guest.length - 1)];
      return { vm_state: "running", guest_state: null, key_fingerprint: null, guest_error: null, ...said };
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
    return this.#run("publishGuestConfig", host, request.vm_id, spec, call, () => {
      this.published.push(guestConfig);
    });
  }

  announceGuestConfig(host: string, vmId: string, call: CallContext): Promise<void> {
    return this.#run("announceGuestConfig", host, vmId, {}, call, () => {});
  }

  finishInitialization(host: string, vmId: string, stage: ExchangeStage, call: CallContext): Promise<void> {
    return this.#run("finishInitialization", host, vmId, { stage }, call, () => {});
  }

  async readInventory(
    host: string,
    known: readonly KnownDisk[],
    signal: AbortSignal,
  ): Promise<InventoryRead> {
    const call = { job_id: "inventory", deployment: null, log: () => {}, started: () => {}, signal };
    this.knownDisks.push(known.map(({ path }) => path));
    return this.#run("readInventory", host, null, {}, call, () => ({
      inventory: structuredClone(this.inventory(host)),
      round_trips: 8,
      received_bytes: 10_000,
    }));
  }

  #vm(host: string, vmId: string): VmRecord {
    const vm = this.inventory(host).vms.find(({ vm_id }) => vm_id === vmId);
    if (vm === undefined) throw new AethervError("vm_not_found", "There is no such VM.");
    return vm;
  }

  async #run<T>(
    method: Method,
    host: string,
    vmId: string | null,
    spec: FieldValues,
    call: CallContext,
    work: () => T,
  ): Promise<T> {
    if (call.signal.aborted) throw new AethervError("canceled", "It was canceled before it was sent.");
    this.calls.push({ method, host, vmId, spec });
    call.started();
    const index = this.#scripts.findIndex((script) => script.method === method);
    const script = index === -1 ? null : (this.#scripts.splice(index, 1)[0] ?? null);
    const gate = script?.gate ?? null;
    if (gate !== null) await Promise.race([gate, lost(call.signal)]);
    await Promise.resolve();
    if (script?.error) {
      if (script.applied) work();
      throw script.error;
    }
    return work();
  }
}

function lost(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new AethervError("contact_lost", "The operation was canceled while it ran."));
    });
  });
}

export function hostRecord(name: string, changes: Partial<HostRecord> = {}): HostRecord {
  return {
    computer_name: name.toUpperCase(),
    os_version: "10.0.20348",
    powershell_version: "5.1.20348.1",
    booted_at: "2026-01-02T03:04:05.000Z",
    logical_processors: 16,
    memory_total_bytes: 256 * GB,
    memory_available_bytes: 128 * GB,
    cluster: "cluster01",
    cluster_nodes: [{ name: name.toUpperCase(), state: "up" }],
    virtual_machines_path: "C:\\ClusterStorage\\vms",
    storage_classes: [
      {
        name: "gold",
        path: "C:\\ClusterStorage\\gold",
        capacity_bytes: 4096 * GB,
        free_bytes: 1024 * GB,
        shared: true,
      },
      { name: "local", path: "D:\\vms", capacity_bytes: 512 * GB, free_bytes: 20 * GB, shared: false },
    ],
    networks: [
      {
        name: "production",
        virtual_switch: "vSwitch",
        virtual_switch_present: true,
        vlan_id: 10,
        ip_settings: null,
      },
    ],
    images: [
      image("windows-2022", "windows", 40, 12),
      image("ubuntu-24.04", "linux", 8, 2),
      { ...image("old-linux", "linux", 8, 2), provisioning_version: "0.9" },
    ],
    resources_error: null,
    ...changes,
  };
}

function image(name: string, os_family: string, size_gb: number, fileGb: number) {
  return {
    name,
    os_family,
    description: null,
    size_gb,
    file_bytes: fileGb * GB,
    provisioning_version: null,
  };
}

export function vmRecord(name: string, changes: Partial<VmRecord> = {}): VmRecord {
  return {
    vm_id: randomUUID(),
    vm_name: name,
    state: "off",
    activity: null,
    generation: 2,
    cpu_cores: 2,
    cpu_load_percent: null,
    dynamic_memory: false,
    memory_startup_bytes: 4 * GB,
    memory_assigned_bytes: 0,
    uptime_ms: 0,
    notes: "",
    cluster_role: null,
    checkpoints: 0,
    guest_os: null,
    guest_host_name: null,
    heartbeat: null,
    disks: [],
    nics: [],
    ...changes,
  };
}
