/**
 * What a simulated Hyper-V host is made of. Plain records: operations on them are in the modules beside
 * this one, and every agent stand-in, whatever runs it, works through those. Sizes are bytes.
 */

export type OsFamily = "windows" | "linux";

/** How a guest publishes its RSA key: Linux PKCS#1 DER, Windows CAPI, Windows CNG, SubjectPublicKeyInfo. */
export type KeyFormat = "pkcs1" | "capi" | "cng" | "spki";

/** What an image's provisioning agent does once its VM runs. */
export type GuestMode = "answers" | "silent" | "fails" | "chunks_key" | "external";

/** The operating system on a disk; cloned with the file, as bits would be. */
export interface GuestSystem {
  osFamily: OsFamily;
  /** `hlvmm.meta.version` that the image was built with. */
  provisioningVersion: string;
  keyFormat: KeyFormat;
  mode: GuestMode;
  /** What a provisioning run left on the disk: KVP name to value; null: never provisioned. */
  applied: Record<string, string> | null;
}

/** An operating system as its integration services tell of it. */
export interface GuestIdentity {
  /** `OSName` of the intrinsic items. */
  osName: string;
  /** `FullyQualifiedDomainName`. */
  hostName: string;
}

export interface VhdxFile {
  path: string;
  virtualBytes: number;
  fileBytes: number;
  type: "dynamic" | "fixed" | "differencing";
  /** What a differencing disk stands on; null: every other type. */
  parentPath: string | null;
  /** GUID, lower case. A byte copy has its source's; `Set-VHD -ResetDiskIdentifier` gives a new one. */
  diskIdentifier: string;
  system: GuestSystem | null;
  /** Of the operating system on it; null: there is none, or one without integration services. */
  identity: GuestIdentity | null;
}

/** A file of a known size whose content does not matter: an ISO image. */
export interface MediaFile {
  path: string;
  fileBytes: number;
}

export interface Volume {
  /** Where it is mounted: `D:` or `C:\ClusterStorage\Volume1`. */
  mount: string;
  capacityBytes: number;
  /** Taken by files that the simulation does not list. */
  otherBytes: number;
  /** A cluster shared volume: the same record stands in every node of the cluster. */
  shared: boolean;
  /** By path, lower case. */
  files: Map<string, VhdxFile>;
  /** By path, lower case. */
  media: Map<string, MediaFile>;
  /** Other names of its files and folders, lower case (junction, hard link, `\\?\Volume{…}`): the path they lead to. */
  otherNames?: Map<string, string>;
}

/**
 * The states a simulated VM can be in, by Hyper-V's names in lower case; `critical`: paused since its storage
 * went away.
 */
export type VmState = "running" | "off" | "starting" | "stopping" | "saved" | "paused" | "critical";

/** What Hyper-V is at with a VM, beside running it. */
export type VmActivity = "migrating" | "merging_disks" | "exporting" | "checkpointing";

/** Where a drive is on its VM. Generation 2 has SCSI controllers only. */
export interface DriveLocation {
  controllerType: "SCSI" | "IDE";
  controllerNumber: number;
  controllerLocation: number;
}

export interface HardDiskDrive extends DriveLocation {
  path: string;
}

export interface DvdDrive extends DriveLocation {
  /** The ISO file in it; null: it is empty. */
  path: string | null;
}

export interface NetworkAdapter {
  /** GUID, lower case; stable. */
  id: string;
  name: string;
  switchName: string | null;
  /** null: untagged. */
  vlanId: number | null;
  dynamicMac: boolean;
  /** Twelve hexadecimal digits, upper case; null: dynamic and not started yet. */
  mac: string | null;
  /** As the guest's integration services report them; none while the VM is off. */
  ipAddresses: string[];
}

export interface VirtualMachine {
  /** GUID, lower case. */
  id: string;
  name: string;
  state: VmState;
  activity: VmActivity | null;
  generation: 1 | 2;
  processorCount: number;
  /** What its guest takes of its processors while it runs, on the average. */
  loadPercent: number;
  /** `lost` and `error`: the guest stopped answering, or is unwell. */
  heartbeat: "ok" | "lost" | "error";
  /** Whether it starts with its host: never, where it ran before, or always. */
  automaticStart: "never" | "if_it_ran" | "always";
  memoryStartupBytes: number;
  dynamicMemory: boolean;
  notes: string;
  secureBoot: { enabled: boolean; template: string };
  /** The folder of the configuration files. */
  path: string;
  clustered: boolean;
  /** Name of the VM's role in the cluster, where it is another than the VM's. */
  roleName: string | null;
  /** Milliseconds since the epoch; null: not running. */
  startedAt: number | null;
  hardDiskDrives: HardDiskDrive[];
  dvdDrives: DvdDrive[];
  /** Names of the checkpoints, the oldest first. */
  checkpoints: string[];
  adapters: NetworkAdapter[];
  /** In boot order: `disk:<path>`, `dvd:<controller>:<location>` or `nic:<id>`. */
  bootOrder: string[];
  /** The integration service "Key-Value Pair Exchange". */
  dataExchangeEnabled: boolean;
}

export interface Host {
  name: string;
  computerName: string;
  osVersion: string;
  powershellVersion: string;
  logicalProcessors: number;
  memoryTotalBytes: number;
  /** What the parent partition keeps for itself. */
  memoryReservedBytes: number;
  cluster: string | null;
  volumes: Volume[];
  switches: string[];
  /** By id. */
  vms: Map<string, VirtualMachine>;
  /** The text of hostresources.json; null: there is no such file. */
  hostResources: string | null;
  poweredOn: boolean;
  /** Milliseconds since the epoch. */
  bootedAt: number;
  /** A node of a cluster that takes no roles. */
  clusterPaused: boolean;
  /** Last number given out of the host's dynamic MAC range. */
  lastDynamicMac: number;
}
