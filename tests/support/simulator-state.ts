/** What tests read of the simulator's `GET /state` (simulator/host/snapshot.ts). */
export interface SimulatorState {
  hosts: Record<string, HostState>;
  requests: AgentRequestRecord[];
}

export interface HostState {
  volumes: { mount: string; free_bytes: number; files: { path: string; virtual_bytes: number }[] }[];
  vms: VmState[];
}

export interface VmState {
  vm_id: string;
  vm_name: string;
  state: string;
  generation: number;
  processor_count: number;
  memory_startup_bytes: number;
  notes: string;
  secure_boot: { enabled: boolean; template: string } | string;
  disks: string[];
  adapters: { name: string; switch: string | null; vlan_id: number | null; ip_addresses: string[] }[];
  kvp: { host: Record<string, string>; guest: Record<string, string> };
  guest: { os_family: string; applied: Record<string, string> | null } | null;
}

export interface AgentRequestRecord {
  host: string;
  agent: string;
  operation: string;
  job_id: string;
  spec: Record<string, unknown>;
  exit_code: number | null;
  error_code: string | null;
}
