import type { ClusterView } from "@/lib/domain/cluster";
import type { DiskRecord, HostView, NicRecord, VmSummary, VmView } from "@/lib/domain/inventory";
import type { JobLogPage, JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { GB } from "@/lib/domain/units";
import type { ViewName } from "./views";

const VM_ID = "6f0a4b0e-4c1d-4c46-9d0b-0c7f5a3f2d11";
const JOB_ID = "6ba1f2c4-9d3e5a7b1c2d4e6f";
const age = { as_of: "2026-01-31T12:00:00.000Z", age_ms: 4_200, stale: false };

const disk: DiskRecord = {
  disk_id: "0b9d3c1e-77f4-4a35-8a30-5a2d6b7c8d90",
  path: "C:\\ClusterStorage\\Volume1\\web01\\web01.vhdx",
  size_bytes: 60 * GB,
  file_bytes: 14 * GB,
};
const nic: NicRecord = {
  nic_id: "Microsoft:6F0A4B0E-4C1D-4C46-9D0B-0C7F5A3F2D11\\8C3D",
  adapter_name: "Network Adapter",
  network: "Production",
  virtual_switch: "External",
  vlan_id: 20,
  mac_address: "00-15-5D-0A-14-01",
  ip_addresses: ["10.20.30.40"],
};

const common = {
  vm_id: VM_ID,
  vm_name: "web01",
  state: "running",
  activity: null,
  generation: 2,
  cpu_cores: 2,
  cpu_load_percent: 3,
  memory_startup_bytes: 4 * GB,
  memory_assigned_bytes: 4 * GB,
  uptime_ms: 3_600_000,
  guest_os: "Windows Server 2025 Standard",
  heartbeat: "ok",
  cluster_role: null,
  checkpoints: 0,
  host: "hv01",
  missing_since: null,
  also_on: [] as string[],
} as const;

const vm: VmView = {
  ...common,
  dynamic_memory: false,
  notes: "",
  guest_host_name: "web01",
  disks: [disk],
  nics: [nic],
  cluster: "cluster01",
  ...age,
};
const summary: VmSummary = {
  ...common,
  networks: ["Production"],
  ip_addresses: ["10.20.30.40"],
  disk_count: 1,
  disk_bytes: 60 * GB,
  note: "",
};

const host: HostView = {
  name: "hv01",
  address: "https://hv01.example.com:5986",
  state: "unreachable",
  as_of: null,
  age_ms: null,
  error: {
    code: "host_unreachable",
    message: "hv01 does not answer.",
    next: "Check that the host is up, that its WinRM HTTPS listener runs, and that no firewall is between.",
    since: age.as_of,
  },
  record: null,
  vm_count: 0,
  unread_vms: [],
  committed_vcpus: 0,
  refresh: null,
  next_read_at: "2026-01-31T12:00:40.000Z",
};

const cluster: ClusterView = {
  name: "cluster01",
  nodes: [{ name: "HV01", state: "up", host: "hv01" }],
  vm_count: 12,
  memory_total_bytes: 256 * GB,
  memory_available_bytes: 96 * GB,
  logical_processors: 64,
  committed_vcpus: 48,
  storage_classes: [],
  as_of: age.as_of,
};

const job: JobView = {
  job_id: JOB_ID,
  kind: "disk.create",
  state: "succeeded",
  host: "hv01",
  vm_name: "web01",
  vm_id: VM_ID,
  actor: "local operator",
  parent_job_id: null,
  request: { size_gb: 60, storage_type: "dynamic" },
  created_at: age.as_of,
  started_at: age.as_of,
  ended_at: "2026-01-31T12:00:03.000Z",
  outputs: { vm_id: VM_ID, disk_id: disk.disk_id, path: disk.path, size_gb: 60 },
  error: null,
  steps: [],
  log_lines: 1,
  cancel_requested: false,
};
const log: JobLogPage = {
  job_id: JOB_ID,
  state: "succeeded",
  lines: [{ n: 1, time: age.as_of, level: "info", step: null, text: "Creating a disk of 60 GB." }],
  last: 1,
  truncated: false,
};

const unfinished: UnfinishedDeployment = {
  deployment_id: JOB_ID,
  vm_id: VM_ID,
  vm_name: "web01",
  host: "hv01",
  state: "off",
  step: "disk",
  progress: { step: 2, steps: 4 },
  exists: [{ kind: "vm", id: VM_ID, name: "web01", host: "hv01" }],
  half_made_disk: disk.path,
  missing: ["disk", "nic", "initialization"],
  request: { vm_name: "web01", target_host: "hv01", os_family: "windows", size_gb: 60 },
  since: age.as_of,
  actor: "local operator",
  fixed_fields: ["vm_name", "os_family", "target_host", "cpu_cores", "gb_ram"],
};

const origin = { vm_id: VM_ID, host: "hv01", ...age };

/** Of each view whose look says more than its schema does. */
export const viewExamples: Readonly<Partial<Record<ViewName, JsonObject>>> = plain({
  Vm: vm,
  VmList: { vms: [vm], total: 1 },
  VmDisk: { ...origin, ...disk },
  DiskList: { ...origin, disks: [disk] },
  VmNic: { ...origin, ...nic },
  NicList: { ...origin, nics: [nic] },
  DeletionPlan: {
    files: [
      { path: disk.path, kind: "disk", size_bytes: 14 * GB, deletable: true, code: null, reason: null },
    ],
    checkpoints: 0,
    cluster_role: null,
    state: "off",
    next: null,
  },
  NameCheck: { name: "web01", available: false, message: "A VM named web01 exists on hv01." },
  Host: host,
  HostList: { hosts: [host] },
  Cluster: cluster,
  ClusterList: { clusters: [cluster] },
  Inventory: {
    revision: "6ba1f2c4.17",
    complete: false,
    hosts: [],
    vms: [summary],
    removed_vms: [],
  },
  UnfinishedDeployment: unfinished,
  UnfinishedDeploymentList: { deployments: [unfinished] },
  Job: job,
  JobList: { jobs: [job], total: 1, unfinished: 0 },
  JobLog: log,
  Accepted: { job_id: JOB_ID },
  Valid: { valid: true },
  SchemaList: {
    schemas: [{ name: "vm", title: "Virtual machine", version: "1.0.0", href: "/api/v1/schemas/vm" }],
  },
  Live: { status: "live" },
  Ready: { status: "ready" },
  Nothing: {},
} satisfies Partial<Record<ViewName, object>>);

/** As JSON: interfaces are no `JsonObject`s. */
function plain(examples: Partial<Record<ViewName, object>>): Partial<Record<ViewName, JsonObject>> {
  return JSON.parse(JSON.stringify(examples));
}
