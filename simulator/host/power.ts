import { nextDynamicMac } from "./adapters";
import { HyperVError, invalidState } from "./hyperv-error";
import type { Host, VirtualMachine, VmState } from "./model";
import { availableMemoryBytes } from "./virtual-machines";

/** States that a VM stays in until something happens. */
export const SETTLED_STATES = ["running", "off", "saved", "paused", "critical"] as const;
export type SettledState = (typeof SETTLED_STATES)[number];

/** Called after a VM began or ceased to run; the VM's state is already the new one. */
export type PowerListener = (host: Host, vm: VirtualMachine) => void;

/** What `Msvm_ShutdownComponent` is asked for: `InitiateShutdown` or `InitiateReboot`. */
export type GuestRequest = "shutdown" | "restart";

/**
 * The guests' side of `Msvm_ShutdownComponent`: takes a request and carries it out later, or refuses it.
 * @returns the method's return value; 0: taken.
 */
export type GuestRequestHandler = (host: Host, vm: VirtualMachine, request: GuestRequest) => number;

/** `The system is not ready`: no integration service answers in the guest. */
export const GUEST_NOT_READY = 32780;
/** `Invalid state for this operation`. */
const INVALID_STATE = 32775;

/** Starting and stopping VMs and hosts. */
export class Power {
  readonly #now: () => number;
  readonly #listeners: PowerListener[] = [];
  #guests: GuestRequestHandler = () => GUEST_NOT_READY;
  /** VMs that ran when their host lost power: they start again with it. */
  readonly #toRestart = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  onChange(listener: PowerListener): void {
    this.#listeners.push(listener);
  }

  /** Who answers {@link askGuest} for all guests. */
  handleGuestRequests(handler: GuestRequestHandler): void {
    this.#guests = handler;
  }

  /**
   * Like `Start-VM`: from off or saved. A VM that runs already is left alone, as the cmdlet does with a
   * warning.
   */
  startVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "running") return;
    if (vm.state !== "off" && vm.state !== "saved") throw invalidState(vm, "Start-VM");
    if (vm.memoryStartupBytes > availableMemoryBytes(host)) {
      throw new HyperVError(
        "OutOfMemory",
        "ResourceUnavailable",
        `'${vm.name}' failed to start. Not enough memory in the system to start the virtual machine ${vm.name}. (0x8007000E)`,
      );
    }
    vm.startedAt = this.#now();
    for (const adapter of vm.adapters) {
      if (adapter.mac === null) adapter.mac = nextDynamicMac(host);
    }
    this.#enter(host, vm, "running");
  }

  /** Like `Stop-VM -TurnOff -Force`: not a saved VM, which has nothing to turn off. */
  turnOffVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "off") return;
    if (vm.state === "saved") throw invalidState(vm, "Stop-VM");
    this.#halt(host, vm, "off");
  }

  /** Like `Save-VM`. */
  saveVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "saved") return;
    if (vm.state !== "running" && vm.state !== "paused") throw invalidState(vm, "Save-VM");
    this.#halt(host, vm, "saved");
  }

  /** Like `Suspend-VM`. */
  pauseVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "paused") return;
    if (vm.state !== "running") throw invalidState(vm, "Suspend-VM");
    this.#enter(host, vm, "paused");
  }

  /** Like `Resume-VM`. */
  resumeVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "running") return;
    if (vm.state !== "paused") throw invalidState(vm, "Resume-VM");
    this.#enter(host, vm, "running");
  }

  /** Like `Restart-VM -Force`, a hard reset; also what remains of a guest's own restart. */
  resetVm(host: Host, vm: VirtualMachine): void {
    if (vm.state !== "running" && vm.state !== "paused") throw invalidState(vm, "Restart-VM");
    vm.startedAt = this.#now();
    for (const adapter of vm.adapters) adapter.ipAddresses = [];
    this.#enter(host, vm, "running");
  }

  /** Like `Msvm_ShutdownComponent.InitiateShutdown` and `InitiateReboot`; gives the return value. */
  askGuest(host: Host, vm: VirtualMachine, request: GuestRequest): number {
    return vm.state === "running" ? this.#guests(host, vm, request) : INVALID_STATE;
  }

  /** Brings a VM from whatever state it is in into another one. */
  enterState(host: Host, vm: VirtualMachine, wanted: SettledState): void {
    if (vm.state === wanted) return;
    if (wanted === "off") this.#halt(host, vm, "off");
    else if (wanted === "saved" && vm.state !== "off") this.#halt(host, vm, "saved");
    else {
      if (vm.startedAt === null) this.startVm(host, vm);
      if (wanted === "saved") this.#halt(host, vm, "saved");
      else if (vm.state !== wanted) this.#enter(host, vm, wanted);
    }
  }

  /** The host's own power. Running VMs stop with it, and start again as each is set to when it comes back. */
  setHostPower(host: Host, on: boolean): void {
    if (host.poweredOn === on) return;
    host.poweredOn = on;
    if (on) host.bootedAt = this.#now();
    for (const vm of host.vms.values()) {
      if (!on && vm.state !== "off" && vm.state !== "saved") {
        this.#toRestart.add(vm.id);
        this.turnOffVm(host, vm);
      } else if (on) {
        const didRun = this.#toRestart.delete(vm.id);
        const starts = vm.automaticStart === "always" || (vm.automaticStart === "if_it_ran" && didRun);
        if (starts && vm.memoryStartupBytes <= availableMemoryBytes(host)) this.startVm(host, vm);
      }
    }
  }

  #halt(host: Host, vm: VirtualMachine, state: "off" | "saved"): void {
    vm.startedAt = null;
    for (const adapter of vm.adapters) adapter.ipAddresses = [];
    this.#enter(host, vm, state);
  }

  #enter(host: Host, vm: VirtualMachine, state: VmState): void {
    vm.state = state;
    for (const listener of this.#listeners) listener(host, vm);
  }
}
