import { Interrupted } from "../host/clock";
import { firstBootDisk } from "../host/drives";
import { type Fleet, isFor } from "../host/fleet";
import type { GuestSystem, Host, VirtualMachine } from "../host/model";
import { GUEST_NOT_READY, type GuestRequest } from "../host/power";
import { findFile } from "../host/storage";
import { bringUpAddresses } from "./addresses";
import { type GuestWorld, provision, reportApplied } from "./provisioning-agent";

const BOOT_MS = 18_000;
const REBOOT_MS = 3000;
const SHUTDOWN_MS = 6000;

/** Boots the operating system on a VM's first disk whenever the VM is powered on. */
export class GuestRuntime {
  readonly #fleet: Fleet;
  readonly #external: boolean;
  readonly #running = new Map<string, AbortController>();

  /** @param external whether programs outside the simulator are the guests' provisioning agents. */
  constructor(fleet: Fleet, external: boolean) {
    this.#fleet = fleet;
    this.#external = external;
    fleet.power.onChange((host, vm) => this.#changed(host, vm));
    fleet.power.handleGuestRequests((host, vm, request) => this.#asked(host, vm, request));
  }

  /** Stops every guest. */
  close(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  #changed(host: Host, vm: VirtualMachine): void {
    this.#running.get(vm.id)?.abort();
    this.#running.delete(vm.id);
    const disk = firstBootDisk(vm);
    const system = disk === null ? null : (findFile(host, disk)?.system ?? null);
    if (vm.state !== "running" || system === null) return;
    void this.#live(host, vm, system, this.#signalOf(vm));
  }

  /** Aborted when the VM leaves the state that it is in now. */
  #signalOf(vm: VirtualMachine): AbortSignal {
    const controller = this.#running.get(vm.id) ?? new AbortController();
    this.#running.set(vm.id, controller);
    return controller.signal;
  }

  /** A guest of which only the disk is known has an operating system too; without a disk there is none. */
  #asked(host: Host, vm: VirtualMachine, request: GuestRequest): number {
    const { faults } = this.#fleet;
    if (vm.hardDiskDrives.length === 0) return GUEST_NOT_READY;
    if (faults.take("guest_ignores_shutdown", host.name, (fault) => isFor(fault, vm)) === null) {
      void this.#leave(host, vm, request, this.#signalOf(vm));
    }
    return 0;
  }

  async #leave(host: Host, vm: VirtualMachine, request: GuestRequest, signal: AbortSignal): Promise<void> {
    const { clock, power } = this.#fleet;
    try {
      await clock.wait(SHUTDOWN_MS, signal);
    } catch (error) {
      if (error instanceof Interrupted) return;
      throw error;
    }
    if (request === "shutdown") power.turnOffVm(host, vm);
    else power.resetVm(host, vm);
  }

  /** From power-on until the VM stops. */
  async #live(host: Host, vm: VirtualMachine, system: GuestSystem, signal: AbortSignal): Promise<void> {
    const { clock, kvp } = this.#fleet;
    const world: GuestWorld = { vm, kvp, clock, signal };
    try {
      for (;;) {
        await clock.wait(BOOT_MS, signal);
        bringUpAddresses(this.#fleet, host, vm, system.applied);
        const behaviour = this.#behaviour(host, vm, system);
        if (behaviour === null) return;
        const values = await provision(world, system, behaviour);
        if (values === null) return;
        system.applied = values;
        reportApplied(world);
        await clock.wait(REBOOT_MS, signal);
        vm.startedAt = clock.now();
        for (const adapter of vm.adapters) adapter.ipAddresses = [];
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
  }

  /** null: no agent of the simulation runs in this guest. */
  #behaviour(
    host: Host,
    vm: VirtualMachine,
    system: GuestSystem,
  ): { chunksKey: boolean; applyError: string | null } | null {
    const { faults } = this.#fleet;
    const external = this.#external || system.mode === "external";
    const concerns = (fault: { vm_name?: string | undefined }) => isFor(fault, vm);
    if (external || system.mode === "silent") return null;
    if (faults.take("guest_silent", host.name, concerns) !== null) return null;
    const failure = faults.take("guest_fails", host.name, concerns);
    const chunks = faults.take("guest_chunks_key", host.name, concerns);
    return {
      chunksKey: chunks !== null || system.mode === "chunks_key",
      applyError: failure?.error ?? (system.mode === "fails" ? "error apply:network" : null),
    };
  }
}
