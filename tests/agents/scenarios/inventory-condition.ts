import { expect } from "vitest";
import { addCheckpoint } from "@/simulator/host/checkpoints";
import type { VirtualMachine } from "@/simulator/host/model";
import { setDynamicMemory } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { DISK, GIBIBYTE } from "./parts";

const RUNS = {
  state: "running",
  activity: null,
  cpu_load_percent: "<percent>",
  guest_os: "Windows Server 2022 Datacenter",
  guest_host_name: "dc01.corp.example",
  heartbeat: "ok",
  cluster_role: { name: "dc01", state: "online" },
};
const NO_GUEST = { guest_os: null, guest_host_name: null };
const STANDS = { cpu_load_percent: null, heartbeat: null };

/** What hv01's inventory says of dc01, which runs, or of build-old, which is off, once something is the case. */
function tells(
  title: string,
  given: Partial<VirtualMachine> | ((vm: VirtualMachine, world: World) => void),
  record: Record<string, unknown>,
  name: "dc01" | "build-old" = "dc01",
): Scenario {
  const vm = expect.objectContaining({ vm_name: name, ...record });
  return {
    call: "inventory/read",
    title: `tells of ${title}`,
    given: (world) => {
      if (typeof given === "function") given(world.vm(name), world);
      else Object.assign(world.vm(name), given);
    },
    spec: {},
    outputs: { host: expect.anything(), vms: expect.arrayContaining([vm]) },
  };
}

/** What hv01 says of itself. */
function tellsOfHost(
  title: string,
  given: (world: World) => void,
  record: Record<string, unknown>,
): Scenario {
  return {
    call: "inventory/read",
    title: `tells of ${title}`,
    given,
    spec: {},
    outputs: { host: expect.objectContaining(record), vms: expect.anything() },
  };
}

export const INVENTORY_CONDITION: Scenario[] = [
  tells("a running VM and its guest", {}, RUNS),
  ...(["migrating", "merging_disks", "exporting", "checkpointing"] as const).map((activity) =>
    tells(`a VM at ${activity}`, { activity }, { ...RUNS, activity }),
  ),
  tells("a paused VM", (vm, world) => world.fleet.power.pauseVm(world.host(), vm), {
    ...RUNS,
    ...STANDS,
    state: "paused",
  }),
  tells("a saved VM", (vm, world) => world.fleet.power.saveVm(world.host(), vm), {
    ...STANDS,
    ...NO_GUEST,
    state: "saved",
    cluster_role: { name: "dc01", state: "offline" },
  }),
  tells(
    "a VM whose storage went away",
    (vm, world) => world.fleet.power.enterState(world.host(), vm, "critical"),
    { ...STANDS, ...NO_GUEST, state: "critical", cluster_role: { name: "dc01", state: "failed" } },
  ),
  tells(
    "a guest that stopped answering",
    { heartbeat: "lost" },
    {
      ...RUNS,
      heartbeat: "lost",
    },
  ),
  tells("a guest that is unwell", { heartbeat: "error" }, { ...RUNS, heartbeat: "error" }),
  tells(
    "a guest without data exchange",
    { dataExchangeEnabled: false },
    {
      ...RUNS,
      ...NO_GUEST,
    },
  ),
  tells(
    "a running VM without a guest",
    (vm, world) => {
      const files = world.host().volumes.flatMap((volume) => [...volume.files.values()]);
      for (const file of files.filter(({ path }) => path === DISK.buildOld)) file.identity = null;
      world.fleet.power.startVm(world.host(), vm);
    },
    { ...NO_GUEST, state: "running", heartbeat: "no_contact" },
    "build-old",
  ),
  tells(
    "a VM with dynamic memory",
    (vm) => setDynamicMemory(vm, true),
    { dynamic_memory: true, memory_startup_bytes: 8 * GIBIBYTE },
    "build-old",
  ),
  tells(
    "how many checkpoints a VM has",
    (vm, world) => ["before", "after"].forEach((name) => void addCheckpoint(world.host(), vm, name)),
    { checkpoints: 2, state: "off" },
    "build-old",
  ),
  tells(
    "a role by its own name",
    { roleName: "domain" },
    {
      cluster_role: { name: "domain", state: "online" },
    },
  ),
  tells(
    "a VM of a cluster's node without a role",
    { clustered: false },
    {
      cluster_role: null,
    },
  ),
  tellsOfHost("the nodes of its cluster", () => {}, {
    cluster: "cluster01",
    cluster_nodes: [
      { name: "HV01", state: "up" },
      { name: "HV02", state: "up" },
    ],
  }),
  tellsOfHost(
    "a node that is down, and one that is paused",
    (world) => {
      world.host("hv02").poweredOn = false;
      world.host("hv01").clusterPaused = true;
    },
    {
      cluster_nodes: [
        { name: "HV01", state: "paused" },
        { name: "HV02", state: "down" },
      ],
    },
  ),
  tellsOfHost(
    "networks whose virtual switch is missing",
    (world) => {
      world.host().switches = ["Datacenter"];
    },
    {
      networks: ["Production", "Servers", "DMZ"].map((name) =>
        expect.objectContaining({ name, virtual_switch_present: name !== "DMZ" }),
      ),
    },
  ),
];
