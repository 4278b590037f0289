import type { VmState } from "@/simulator/host/model";
import type { Scenario } from "../support/scenario";
import type { FlatState } from "../support/state";
import type { World } from "../support/world";
import { invalid, vmNotFound } from "./parts";

/** The table of docs/agent-protocol.md, section 4, vm/power: the states in which each action is allowed. */
const ALLOWED: Record<string, { from: VmState[]; to: VmState }> = {
  start: { from: ["off", "saved"], to: "running" },
  shutdown: { from: ["running"], to: "off" },
  turn_off: { from: ["running", "paused"], to: "off" },
  restart: { from: ["running"], to: "running" },
  reset: { from: ["running", "paused"], to: "running" },
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  save: { from: ["running", "paused"], to: "saved" },
};
const STATES: VmState[] = ["off", "running", "paused", "saved"];

const ADDRESSES = "vm:backup01.adapters";

/** backup01 runs in the seed, with an address that its guest reports; it has none in other states. */
function power(action: string, from: VmState): Scenario {
  const allowed = ALLOWED[action];
  const base = {
    call: "vm/power" as const,
    host: "hv03",
    given: (world: World) => {
      const target = world.vm("backup01");
      target.state = from;
      if (from === "running" || from === "paused") return;
      target.startedAt = null;
      for (const adapter of target.adapters) adapter.ipAddresses = [];
    },
    spec: { vm_id: "vm:backup01", action },
  };
  if (allowed?.from.includes(from)) {
    return {
      ...base,
      title: `${action} brings a VM that is ${from} to ${allowed.to}`,
      outputs: { vm_state: allowed.to },
      changes: changesOf(from, allowed.to, action),
    };
  }
  if (allowed?.to === from) {
    return {
      ...base,
      title: `${action} of a VM that is ${from} already warns`,
      outputs: { vm_state: from },
      streams: ["warning"],
    };
  }
  return {
    ...base,
    title: `${action} of a VM that is ${from} is not allowed`,
    fails: { code: "power_action_not_allowed", target: "action" },
  };
}

function changesOf(from: VmState, to: VmState, action: string): FlatState {
  const adapter = {
    nic_id: "nic:backup01/Network Adapter",
    name: "Network Adapter",
    switch: "Datacenter",
    vlan_id: 20,
    dynamic_mac: true,
    mac: "00155D030001",
    ip_addresses: [],
  };
  const losesAddress = to === "off" || to === "saved" || action === "restart" || action === "reset";
  return {
    ...(from === to ? {} : { "vm:backup01.state": to }),
    ...(losesAddress && from !== "off" && from !== "saved" ? { [ADDRESSES]: [adapter] } : {}),
  };
}

export const VM_POWER: Scenario[] = [
  ...Object.keys(ALLOWED).flatMap((action) => STATES.map((state) => power(action, state))),
  {
    call: "vm/power",
    title: "shutdown of a guest that goes on is told when the time is over",
    given: (world) => world.fault({ kind: "guest_ignores_shutdown", vm_name: "dc01" }),
    spec: { vm_id: "vm:dc01", action: "shutdown", wait_seconds: 1 },
    fails: { code: "guest_did_not_shut_down", target: null },
  },
  {
    call: "vm/power",
    title: "shutdown of a VM whose guest cannot be asked is told at once",
    given: (world) => {
      world.vm("dc01").hardDiskDrives = [];
    },
    spec: { vm_id: "vm:dc01", action: "shutdown" },
    fails: { code: "guest_did_not_shut_down", target: null },
  },
  {
    call: "vm/power",
    title: "restart of a VM whose guest cannot be asked is told at once",
    given: (world) => {
      world.vm("dc01").hardDiskDrives = [];
    },
    spec: { vm_id: "vm:dc01", action: "restart" },
    fails: { code: "guest_did_not_shut_down", target: null },
  },
  {
    call: "vm/power",
    title: "start of a VM for which the host has too little memory fails with Hyper-V's words",
    given: (world) => {
      world.vm("build-old").memoryStartupBytes = 300 * 2 ** 30;
    },
    spec: { vm_id: "vm:build-old", action: "start" },
    fails: { code: "hyperv_error", target: null, message: /memory/i },
  },
  ...vmNotFound("vm/power", { action: "start" }),
  ...invalid("vm/power", { vm_id: "vm:build-old", action: "start" }, [
    ["vm_id", "x"],
    ["action", undefined],
    ["action", "stop"],
    ["wait_seconds", 0],
  ]),
];
