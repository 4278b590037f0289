import type { OsFamily } from "../model";

/** A kind of server, of which a fleet has several. */
export interface Role {
  /** The part of the VM's name between site and number. */
  name: string;
  weight: number;
  os: OsFamily;
  cores: readonly [number, ...number[]];
  memoryGb: readonly [number, ...number[]];
  /** The first disk is the system's. */
  disksGb: readonly [number, ...number[]][];
  vlan: number;
  /** Average load of the processors in percent. */
  load: readonly [least: number, most: number];
}

const SMALL = [2, 4] as const;

export const ROLES: readonly [Role, ...Role[]] = [
  {
    name: "dc",
    weight: 3,
    os: "windows",
    cores: SMALL,
    memoryGb: [8],
    disksGb: [[80]],
    vlan: 10,
    load: [1, 8],
  },
  {
    name: "sql",
    weight: 7,
    os: "windows",
    cores: [8, 16],
    memoryGb: [32, 64, 128],
    disksGb: [[100], [200, 500], [500, 1000, 2000]],
    vlan: 10,
    load: [10, 70],
  },
  {
    name: "file",
    weight: 4,
    os: "windows",
    cores: [4],
    memoryGb: [8, 16],
    disksGb: [[80], [1000, 2000, 4000]],
    vlan: 10,
    load: [1, 15],
  },
  {
    name: "print",
    weight: 2,
    os: "windows",
    cores: SMALL,
    memoryGb: [4, 8],
    disksGb: [[80]],
    vlan: 10,
    load: [0, 4],
  },
  {
    name: "rds",
    weight: 8,
    os: "windows",
    cores: [8],
    memoryGb: [16, 32],
    disksGb: [[120]],
    vlan: 10,
    load: [5, 80],
  },
  {
    name: "app",
    weight: 16,
    os: "windows",
    cores: [2, 4, 8],
    memoryGb: [8, 16],
    disksGb: [[100], [100, 200]],
    vlan: 20,
    load: [1, 40],
  },
  {
    name: "web",
    weight: 16,
    os: "linux",
    cores: SMALL,
    memoryGb: [2, 4, 8],
    disksGb: [[30, 40]],
    vlan: 30,
    load: [1, 50],
  },
  {
    name: "proxy",
    weight: 4,
    os: "linux",
    cores: [2],
    memoryGb: [2, 4],
    disksGb: [[20]],
    vlan: 30,
    load: [2, 30],
  },
  {
    name: "db",
    weight: 8,
    os: "linux",
    cores: [4, 8, 16],
    memoryGb: [16, 32, 64],
    disksGb: [[40], [200, 500, 1000]],
    vlan: 20,
    load: [5, 60],
  },
  {
    name: "k8s",
    weight: 12,
    os: "linux",
    cores: [8, 16],
    memoryGb: [16, 32],
    disksGb: [[60], [100]],
    vlan: 20,
    load: [10, 65],
  },
  {
    name: "ci",
    weight: 6,
    os: "linux",
    cores: [8],
    memoryGb: [16],
    disksGb: [[120]],
    vlan: 20,
    load: [0, 95],
  },
  {
    name: "mon",
    weight: 3,
    os: "linux",
    cores: [4],
    memoryGb: [8, 16],
    disksGb: [[40], [200]],
    vlan: 20,
    load: [5, 25],
  },
  {
    name: "test",
    weight: 11,
    os: "linux",
    cores: SMALL,
    memoryGb: [2, 4],
    disksGb: [[20, 30]],
    vlan: 20,
    load: [0, 6],
  },
];

/** What the integration services of a guest call its operating system. */
export const OS_NAMES: Record<OsFamily, readonly [string, ...string[]]> = {
  windows: [
    "Windows Server 2016 Standard",
    "Windows Server 2019 Standard",
    "Windows Server 2019 Datacenter",
    "Windows Server 2022 Standard",
    "Windows Server 2022 Datacenter",
    "Windows Server 2025 Datacenter",
  ],
  linux: ["Ubuntu", "Debian GNU/Linux", "Red Hat Enterprise Linux", "Rocky Linux", "SLES"],
};

/** Names that people gave before there were rules for names. */
export const GROWN_NAMES: readonly [string, ...string[]] = [
  "Accounting archive 2009-2015 (read only, keep until the audit of the previous owner has ended)",
  "Zeiterfassung Außenstelle Düsseldorf",
  "Marius-Testmaschine_NICHT_LÖSCHEN",
  "vm-imported-from-vmware-20190311-101522-converted-final-v2",
  "Copy of app server (old)",
  "Łódź warehouse scanner gateway",
  "SRV",
];

export const NOTES: readonly [string, ...string[]] = [
  "Owner: infrastructure team",
  "Backed up nightly at 23:30. Do not restart between 23:00 and 02:00.",
  "Ticket CHG-20417: more memory requested for the quarter's end.",
  "Switched off in spring; keep until the new one is accepted.",
  "Licensed to this host name; renaming needs a new licence file.",
  "Cost centre 4711\nContact: plant IT, phone 2210\nMaintenance: second Tuesday of the month",
];
