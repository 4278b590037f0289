import { addDvdDrive } from "@/simulator/host/drives";
import { addMedia, getVhd, newDifferencingVhd } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import { use } from "./file-ownership";
import { DISK, GIBIBYTE, LOCAL } from "./parts";

const CHILD = `${LOCAL}\\test-debian\\differencing.vhdx`;

const fileUse = (vm: string, path: string, more: Record<string, unknown> = {}) =>
  use(vm, path, { created: "<time>", ...more });

const SERVERS = {
  gateway: "10.20.20.1",
  dns: "10.20.0.53",
  dns_secondary: "10.20.0.54",
  subnet_mask: "255.255.255.0",
  network_address: "10.20.20.0",
  dhcp_available: true,
};
const PRODUCTION = {
  ...SERVERS,
  gateway: "10.20.10.1",
  network_address: "10.20.10.0",
  dhcp_available: false,
};

function image(name: string, os: string, description: string, sizeGb: number, fileGb: number) {
  const file = { size_gb: sizeGb, file_bytes: fileGb * GIBIBYTE };
  return { name, os_family: os, description, ...file, provisioning_version: "1.0.0" };
}

function network(name: string, virtual_switch: string, vlan_id: number, ip_settings: typeof SERVERS | null) {
  return { name, virtual_switch, virtual_switch_present: true, vlan_id, ip_settings };
}

const HOST = {
  computer_name: "HV03",
  os_version: "Microsoft Windows Server 2025 Datacenter 10.0.26100",
  powershell_version: "<version>",
  booted_at: "<time>",
  logical_processors: 32,
  memory_total_bytes: 256 * GIBIBYTE,
  memory_available_bytes: 232 * GIBIBYTE,
  cluster: null,
  cluster_nodes: [],
  virtual_machines_path: LOCAL,
  storage_classes: [
    {
      name: "local",
      path: LOCAL,
      capacity_bytes: 1024 * GIBIBYTE,
      // Of 1024 GB other files take 45, the images 19, and the disks of the two VMs 68.
      free_bytes: 892 * GIBIBYTE,
      shared: false,
    },
  ],
  networks: [
    network("Production", "Datacenter", 10, PRODUCTION),
    network("Servers", "Datacenter", 20, SERVERS),
    network("DMZ", "Perimeter", 30, null),
  ],
  images: [
    image("Windows Server 2025", "windows", "Windows Server 2025 Standard, Desktop Experience", 40, 14),
    image("Ubuntu 24.04", "linux", "Ubuntu Server 24.04 LTS", 20, 3),
    image("Debian 12", "linux", "Debian 12, generic cloud kernel", 10, 2),
  ],
  resources_error: null,
};

const NIC = {
  adapter_name: "Network Adapter",
  network: "Servers",
  virtual_switch: "Datacenter",
  vlan_id: 20,
};

const VMS = [
  {
    vm_id: "vm:backup01",
    vm_name: "backup01",
    state: "running",
    activity: null,
    generation: 2,
    cpu_cores: 4,
    cpu_load_percent: "<percent>",
    dynamic_memory: false,
    memory_startup_bytes: 16 * GIBIBYTE,
    memory_assigned_bytes: 16 * GIBIBYTE,
    uptime_ms: "<ms>",
    notes: "",
    cluster_role: null,
    checkpoints: 0,
    guest_os: "Windows Server 2022 Datacenter",
    guest_host_name: "backup01.corp.example",
    heartbeat: "ok",
    disks: [
      {
        disk_id: `disk:${DISK.backup01}`,
        path: DISK.backup01,
        size_bytes: 120 * GIBIBYTE,
        file_bytes: 64 * GIBIBYTE,
      },
    ],
    nics: [
      {
        ...NIC,
        nic_id: "nic:backup01/Network Adapter",
        mac_address: "00-15-5D-03-00-01",
        ip_addresses: ["10.20.20.90"],
      },
    ],
  },
  {
    vm_id: "vm:test-debian",
    vm_name: "test-debian",
    state: "off",
    activity: null,
    generation: 2,
    cpu_cores: 2,
    cpu_load_percent: null,
    dynamic_memory: false,
    memory_startup_bytes: 2 * GIBIBYTE,
    memory_assigned_bytes: 0,
    uptime_ms: 0,
    notes: "",
    cluster_role: null,
    checkpoints: 0,
    guest_os: null,
    guest_host_name: null,
    heartbeat: null,
    disks: [
      {
        disk_id: `disk:${DISK.testDebian}`,
        path: DISK.testDebian,
        size_bytes: 20 * GIBIBYTE,
        file_bytes: 4 * GIBIBYTE,
      },
    ],
    nics: [{ ...NIC, nic_id: "nic:test-debian/Network Adapter", mac_address: null, ip_addresses: [] }],
  },
];

/** The host's record when its resources file cannot be used. */
const WITHOUT_RESOURCES = {
  ...HOST,
  virtual_machines_path: null,
  storage_classes: [],
  networks: [],
  images: [],
  resources_error: "<words>",
};
const VMS_WITHOUT_NETWORKS = VMS.map((vm) => ({
  ...vm,
  nics: vm.nics.map((nic) => ({ ...nic, network: null })),
}));

export const INVENTORY: Scenario[] = [
  {
    call: "inventory/read",
    title: "gives a host with everything on it",
    host: "hv03",
    spec: {},
    outputs: { host: HOST, vms: VMS },
  },
  {
    call: "inventory/read",
    title: "gives a host without VMs, a storage class on no volume and an image whose file is missing",
    host: "hv03",
    given: (world) => {
      const host = world.host("hv03");
      host.vms.clear();
      world.resources(
        {
          storage_classes: [{ name: "lost", path: "E:\\Hyper-V" }],
          images: [{ name: "Gone", path: "D:\\DiskImages\\gone.vhdx" }],
        },
        "hv03",
      );
    },
    spec: {},
    outputs: {
      host: {
        ...HOST,
        memory_available_bytes: 248 * GIBIBYTE,
        storage_classes: [
          { name: "lost", path: "E:\\Hyper-V", capacity_bytes: null, free_bytes: null, shared: false },
        ],
        images: [
          {
            name: "Gone",
            os_family: null,
            description: null,
            size_gb: null,
            file_bytes: null,
            provisioning_version: null,
          },
        ],
      },
      vms: [],
    },
    streams: ["warning"],
  },
  {
    call: "inventory/read",
    title: "reports a missing resources file and goes on",
    host: "hv03",
    given: (world) => world.resources(null, "hv03"),
    spec: {},
    outputs: { host: WITHOUT_RESOURCES, vms: VMS_WITHOUT_NETWORKS },
    streams: ["warning"],
  },
  {
    call: "inventory/read",
    title: "reports a wrong resources file and goes on",
    host: "hv03",
    given: (world) => world.resources({ virtual_machines_path: "" }, "hv03"),
    spec: {},
    outputs: { host: WITHOUT_RESOURCES, vms: VMS_WITHOUT_NETWORKS },
    streams: ["warning"],
  },
  {
    call: "inventory/read",
    title: "ignores what it is not asked for",
    host: "hv03",
    spec: { vm_id: "x", size_gb: {} },
    outputs: { host: HOST, vms: VMS },
  },
  {
    call: "inventory/files",
    title: "gives what stands in drives, and the parents of differencing disks",
    host: "hv03",
    given: (world) => {
      const [host, vm] = [world.host("hv03"), world.vm("test-debian")];
      newDifferencingVhd(host, getVhd(host, DISK.testDebian), CHILD);
      for (const drive of vm.hardDiskDrives) drive.path = CHILD;
      addMedia(host, "D:\\ISO\\tools.iso", 1024);
      addDvdDrive(host, vm, "D:\\ISO\\tools.iso");
    },
    spec: {},
    outputs: {
      node: "HV03",
      files: [
        fileUse("backup01", DISK.backup01),
        fileUse("test-debian", CHILD, { disk_id: `disk:${DISK.testDebian}` }),
        fileUse("test-debian", DISK.testDebian, { drive_path: CHILD }),
        fileUse("test-debian", "D:\\ISO\\tools.iso", { disk_id: null }),
      ],
    },
  },
  {
    call: "inventory/files",
    title: "names files that are gone, and says which cannot be read",
    host: "hv03",
    given: (world) => {
      const [host, vm] = [world.host("hv03"), world.vm("test-debian")];
      for (const drive of vm.hardDiskDrives) drive.path = CHILD;
      getVhd(host, DISK.backup01).virtualBytes = 0;
    },
    spec: {},
    outputs: {
      node: "HV03",
      files: [
        fileUse("backup01", DISK.backup01, { disk_id: null, problem: "<words>" }),
        fileUse("test-debian", CHILD, { disk_id: null, created: null }),
      ],
    },
  },
];
