import { VM_STATES, type VmRecord, type VmState } from "./inventory";
import { CLUSTER_WORDS, POWER_WORDS, type PowerAction } from "./power-actions";

/** What can be changed on a VM that exists, each where other rules hold. */
export const VM_CHANGES = [
  "rename",
  "more_memory",
  "less_memory",
  "processors",
  "delete",
  "initialize",
  "cluster_add",
  "cluster_remove",
  "disk_add",
  "disk_grow",
  "disk_remove",
  "nic_add",
  "nic_network",
  "nic_rename",
  "nic_mac_address",
  "nic_remove",
] as const;
export type VmChange = (typeof VM_CHANGES)[number];
export type VmAction = PowerAction | VmChange;

/** Of a VM, all that decides what can be done with it. What is not known stands against nothing. */
export type VmCondition = Pick<VmRecord, "state"> &
  Partial<Pick<VmRecord, "generation" | "dynamic_memory" | "checkpoints">>;

interface VmActionRule {
  /** On buttons and in menus. */
  label: string;
  /** What is possible, as the beginning of a sentence that ends with "only while the VM is …". */
  possible: string;
  /** States that it can be done in. */
  states: readonly VmState[];
  /** With this about it, a VM must be off all the same. */
  offWith?: "generation_1" | "dynamic_memory";
  /** Not while the VM has checkpoints. */
  noCheckpoints?: true;
  /** The state that it leads to; none: that stays as it is, or the VM is gone. */
  afterwards?: VmState;
  /** Does its work also where `afterwards` is there already. */
  repeats?: true;
  /** What is lost by it, to be said before it is done. */
  confirm?: string;
}

const ANY: readonly VmState[] = VM_STATES;
const OFF: readonly VmState[] = ["off"];
const OFF_OR_RUNNING: readonly VmState[] = ["off", "running"];

const UNSAVED = "Programs in the guest are closed, and what they have not saved is lost.";
const POWER_CUT = "For the guest it is as if the power failed: what it has not written to its disks is lost.";

/**
 * What can be done with a VM, and when: the API refuses by it and the pages disable by it. The agents decide by
 * tables of their own, docs/agent-protocol.md section 4 being what they agree on.
 */
export const VM_ACTIONS: Readonly<Record<VmAction, VmActionRule>> = {
  start: {
    label: POWER_WORDS.start,
    possible: "It can be started",
    states: ["off", "saved"],
    afterwards: "running",
  },
  shutdown: {
    label: POWER_WORDS.shutdown,
    possible: "Its guest can be asked to shut down",
    states: ["running"],
    afterwards: "off",
    confirm: UNSAVED,
  },
  turn_off: {
    label: POWER_WORDS.turn_off,
    possible: "It can be turned off",
    states: ANY.filter((state) => state !== "off" && state !== "saved"),
    afterwards: "off",
    confirm: POWER_CUT,
  },
  restart: {
    label: POWER_WORDS.restart,
    possible: "Its guest can be asked to restart",
    states: ["running"],
    afterwards: "running",
    repeats: true,
    confirm: UNSAVED,
  },
  reset: {
    label: POWER_WORDS.reset,
    possible: "It can be reset",
    states: ["running", "paused"],
    afterwards: "running",
    repeats: true,
    confirm: POWER_CUT,
  },
  pause: {
    label: POWER_WORDS.pause,
    possible: "It can be paused",
    states: ["running"],
    afterwards: "paused",
  },
  resume: {
    label: POWER_WORDS.resume,
    possible: "It can be resumed",
    states: ["paused"],
    afterwards: "running",
  },
  save: {
    label: POWER_WORDS.save,
    possible: "It can be saved",
    states: ["running", "paused"],
    afterwards: "saved",
  },

  rename: { label: "Rename", possible: "It can be renamed", states: ANY },
  more_memory: {
    label: "Add memory",
    possible: "Memory can be added",
    states: OFF_OR_RUNNING,
    offWith: "dynamic_memory",
  },
  less_memory: { label: "Take memory away", possible: "Memory can be taken away", states: OFF },
  processors: {
    label: "Change processors",
    possible: "The number of its processors can be changed",
    states: OFF,
  },
  delete: {
    label: "Delete",
    possible: "Without being turned off first, it can be deleted",
    states: OFF,
    noCheckpoints: true,
    confirm: "The VM is removed from its host for good.",
  },
  initialize: { label: "Initialize", possible: "It can be initialized", states: OFF },
  cluster_add: {
    label: CLUSTER_WORDS.add,
    possible: "It can be made a role of the cluster",
    states: ANY,
    confirm: "If its host fails, the cluster starts it on another node, and may move it there while it runs.",
  },
  cluster_remove: {
    label: CLUSTER_WORDS.remove,
    possible: "Its role can be removed",
    states: ANY,
    confirm: "The cluster no longer starts it on another node. The VM itself stays as it is.",
  },
  disk_add: { label: "Add disk", possible: "A disk can be added", states: OFF_OR_RUNNING },
  disk_grow: {
    label: "Grow",
    possible: "A disk can be grown",
    states: OFF_OR_RUNNING,
    noCheckpoints: true,
  },
  disk_remove: {
    label: "Remove",
    possible: "A disk can be removed",
    states: OFF_OR_RUNNING,
    noCheckpoints: true,
    confirm: "The guest loses the disk at once.",
  },
  nic_add: {
    label: "Add network adapter",
    possible: "A network adapter can be added",
    states: OFF_OR_RUNNING,
    offWith: "generation_1",
  },
  nic_network: {
    label: "Change network",
    possible: "An adapter's network can be changed",
    states: OFF_OR_RUNNING,
  },
  nic_rename: { label: "Rename", possible: "An adapter can be renamed", states: OFF_OR_RUNNING },
  nic_mac_address: {
    label: "Change MAC address",
    possible: "An adapter's MAC address can be changed",
    states: OFF,
  },
  nic_remove: {
    label: "Remove",
    possible: "A network adapter can be removed",
    states: OFF_OR_RUNNING,
    offWith: "generation_1",
    confirm: "The guest loses the adapter and its connections at once.",
  },
};

/** The states that an action can be done in with a VM like this one. */
export function statesFor(action: VmAction, vm: VmCondition): readonly VmState[] {
  const { states, offWith } = VM_ACTIONS[action];
  const mustBeOff =
    (offWith === "generation_1" && vm.generation === 1) ||
    (offWith === "dynamic_memory" && vm.dynamic_memory === true);
  return mustBeOff ? OFF : states;
}

/**
 * Why an action is refused, in a sentence; null: it is not. An action whose result is there already is not
 * refused: the agents take it and say so.
 */
export function refusalOf(action: VmAction, vm: VmCondition): string | null {
  const { possible, noCheckpoints } = VM_ACTIONS[action];
  if (noCheckpoints && (vm.checkpoints ?? 0) > 0) {
    const what =
      vm.checkpoints === 1 ? "a checkpoint: delete it" : `${vm.checkpoints} checkpoints: delete them`;
    return `The VM has ${what} in Hyper-V Manager, and wait until what it holds is merged.`;
  }
  const states = statesFor(action, vm);
  if (states.includes(vm.state) || isThereAlready(action, vm)) return null;
  return `${possible} only while the VM is ${listed(states)}; it is ${vm.state}.`;
}

/** Why an action has no sense to offer now, in a sentence; null: it can be done. */
export function whyNot(action: VmAction, vm: VmCondition): string | null {
  return isThereAlready(action, vm) ? `The VM is ${vm.state} already.` : refusalOf(action, vm);
}

function isThereAlready(action: VmAction, vm: VmCondition): boolean {
  const { afterwards, repeats } = VM_ACTIONS[action];
  return afterwards === vm.state && repeats !== true;
}

function listed(states: readonly VmState[]): string {
  const last = states.at(-1) ?? "";
  return states.length < 2 ? last : `${states.slice(0, -1).join(", ")} or ${last}`;
}
