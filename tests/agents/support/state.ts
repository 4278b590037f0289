/** The parts of the simulator's snapshot (simulator/host/snapshot.ts) that are looked at by name here. */
export interface State {
  hosts: Record<string, HostState>;
}

interface HostState {
  volumes: VolumeState[];
  vms: VmState[];
  [field: string]: unknown;
}

interface VolumeState {
  shared: boolean;
  files: { path: string; disk_identifier: string; [field: string]: unknown }[];
  media: { path: string; [field: string]: unknown }[];
}

interface VmState {
  vm_id: string;
  vm_name: string;
  adapters: { nic_id: string; name: string; [field: string]: unknown }[];
  kvp: { host: Record<string, string>; guest: Record<string, string> };
  [field: string]: unknown;
}

/** Ids of things to the names by which scenarios call them: `vm:web01`, `disk:C:\…\web01.vhdx`, `nic:web01/Front`. */
export type Names = ReadonlyMap<string, string>;

/** What each id in the states names; the first state that knows an id decides. */
export function namesOf(...states: State[]): Names {
  const names = new Map<string, string>();
  const add = (id: string, name: string) => {
    if (!names.has(id)) names.set(id, name);
  };
  for (const { hosts } of states) {
    for (const host of Object.values(hosts)) {
      for (const { files } of host.volumes) {
        for (const file of files) add(file.disk_identifier, `disk:${file.path}`);
      }
      for (const vm of host.vms) {
        add(vm.vm_id, `vm:${vm.vm_name}`);
        for (const adapter of vm.adapters) add(adapter.nic_id, `nic:${vm.vm_name}/${adapter.name}`);
      }
    }
  }
  return names;
}

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** A value with its ids by name and its times left out: what two runs of the same have in common. */
export function named(value: unknown, names: Names): unknown {
  if (typeof value === "string") {
    const known = value.replaceAll(GUID, (id) => names.get(id.toLowerCase()) ?? "<id>");
    return known.replaceAll(TIME, "<time>");
  }
  if (Array.isArray(value)) return value.map((each) => named(each, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === "uptime_ms") return [key, each === 0 ? 0 : "<ms>"];
      if (key === "cpu_load_percent") return [key, each === null ? null : "<percent>"];
      // Each engine has words and a version of its own.
      if ((key === "resources_error" || key === "problem") && typeof each === "string")
        return [key, "<words>"];
      if (key === "powershell_version") return [key, "<version>"];
      return [key, named(each, names)];
    }),
  );
}

/** A state as one flat list: `vm:web01.notes`, `file:D:\a.vhdx`, `hv01.host_resources`. */
export type FlatState = Record<string, unknown>;

export function flatten(state: State, names: Names): FlatState {
  const flat: FlatState = {};
  for (const [hostName, { volumes, vms, ...host }] of Object.entries(state.hosts)) {
    for (const [field, value] of Object.entries(host)) flat[`${hostName}.${field}`] = value;
    for (const volume of volumes) {
      const place = volume.shared ? "" : `${hostName} `;
      for (const { path, disk_identifier, ...file } of volume.files) {
        const owner = names.get(disk_identifier);
        flat[`${place}file:${path}`] = { ...file, copy_of: owner === `disk:${path}` ? null : owner };
      }
      for (const { path, ...file } of volume.media) flat[`${place}media:${named(path, names)}`] = file;
    }
    for (const { vm_id, kvp, ...vm } of vms) {
      const label = names.get(vm_id) ?? vm_id;
      flat[`${label}.host`] = hostName;
      for (const [field, value] of Object.entries(vm)) flat[`${label}.${field}`] = named(value, names);
      for (const [name, data] of Object.entries(kvp.host))
        flat[`${label}.kvp.host.${name}`] = kvpData(name, data);
      for (const [name, data] of Object.entries(kvp.guest))
        flat[`${label}.kvp.guest.${name}`] = kvpData(name, data);
    }
  }
  return flat;
}

/** Encrypted data differ from run to run in everything but their length. */
function kvpData(name: string, data: string): string {
  const isBinary = /\.data\.|shared_aes_key|checksum|public_key/.test(name);
  return isBinary ? `<${Buffer.from(data, "base64").length} bytes>` : data;
}

/** What is otherwise afterwards, by its new value; what is gone is null. */
export function difference(before: FlatState, after: FlatState): FlatState {
  const changes: FlatState = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[key] = now ?? null;
  }
  return changes;
}
