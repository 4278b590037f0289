import { HyperVError } from "./hyperv-error";
import type { Host, VirtualMachine } from "./model";
import { availableMemoryBytes } from "./virtual-machines";

/** Called after a VM began or ceased to run; the VM's state is already the new one. */
export type PowerListener = (host: Host, vm: VirtualMachine) => void;

/** Starting and stopping VMs and hosts. */
export class Power {
  readonly #now: () => number;
  readonly #listeners: PowerListener[] = [];
  /** VMs that ran when their host lost power: they start again with it. */
  readonly #toRestart = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  onChange(listener: PowerListener): void {
    this.#listeners.push(listener);
  }

  /** Like `Start-VM`; a VM that runs already is left alone, as the cmdlet does with a warning. */
  startVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "running") return;
    if (vm.memoryStartupBytes > availableMemoryBytes(host)) {
      throw new HyperVError(
        "OutOfMemory",
        "ResourceUnavailable",
        `'${vm.name}' failed to start. Not enough memory in the system to start the virtual machine ${vm.name}. (0x8007000E)`,
      );
    }
    vm.state = "running";
    vm.startedAt = this.#now();
    for (const adapter of vm.adapters) {
      if (adapter.mac === null) adapter.mac = nextDynamicMac(host);
    }
    this.#notify(host, vm);
  }

  /** Like `Stop-VM -TurnOff -Force`. */
  turnOffVm(host: Host, vm: VirtualMachine): void {
    if (vm.state === "off") return;
    vm.state = "off";
    vm.startedAt = null;
    for (const adapter of vm.adapters) adapter.ipAddresses = [];
    this.#notify(host, vm);
  }

  /** The host's own power. Running VMs stop with it, and start again when it comes back. */
  setHostPower(host: Host, on: boolean): void {
    if (host.poweredOn === on) return;
    host.poweredOn = on;
    for (const vm of host.vms.values()) {
      if (!on && vm.state !== "off") {
        this.#toRestart.add(vm.id);
        this.turnOffVm(host, vm);
      } else if (on && this.#toRestart.delete(vm.id)) {
        this.startVm(host, vm);
      }
    }
  }

  #notify(host: Host, vm: VirtualMachine): void {
    for (const listener of this.#listeners) listener(host, vm);
  }
}

function nextDynamicMac(host: Host): string {
  host.lastDynamicMac += 1;
  return host.lastDynamicMac.toString(16).toUpperCase().padStart(12, "0");
}
