import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Inventory, takeIn } from "@/lib/client/inventory";
import type { VmView } from "@/lib/domain/inventory";
import { MovingFleet, type TrueVm } from "@/tests/support/moving-fleet";
import { hostConfig } from "@/tests/support/provisioning";
import { InventoryService } from "./inventory-service";

/**
 * Any sequence of reads, moves, renames, deletions, failures and steps of the clock, with reads that look at
 * their host at any moment between their beginning and their answer.
 */

const SEED = Math.floor(Math.random() * 2 ** 31);
const RUNS = 200;

const number = fc.nat(1_000);
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant("answer" as const), which: number }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("look" as const), which: number }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("fail" as const), which: number }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("demand" as const), which: number }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), which: number, to: number }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("rename" as const), which: number, to: number }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), which: number }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("note" as const), which: number }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), which: fc.nat(60_000) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("set the clock" as const), which: fc.nat() }) },
  ),
  { minLength: 20, maxLength: 120 },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-02T03:04:05Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The service over a fleet, and a page that follows it by what has changed alone. */
class World {
  readonly fleet = new MovingFleet(9);
  readonly service = new InventoryService({
    hosts: this.fleet.hosts.map(hostConfig),
    hypervisor: this.fleet,
    periodSeconds: 60,
    diskRereadSeconds: 600,
  });
  #page: Inventory | undefined;
  /** VMs that went there, back and there again, and were taken for several. */
  readonly #doubted = new Set<string>();

  async take(step: Step): Promise<void> {
    const { fleet, service } = this;
    const read = fleet.pending[step.which % Math.max(1, fleet.pending.length)];
    const vm = fleet.vms[step.which % fleet.vms.length];
    const host = (n: number) => fleet.hosts[n % fleet.hosts.length] ?? "";
    if (vm === undefined) return;
    switch (step.do) {
      case "answer":
        if (read) fleet.answer(read);
        break;
      case "look":
        if (read) fleet.look(read);
        break;
      case "fail":
        if (read) fleet.fail(read);
        break;
      case "demand":
        void service.refresh(host(step.which));
        break;
      case "move":
        fleet.move(vm, host(step.to));
        break;
      case "rename":
        vm.name = `renamed${step.to}`;
        break;
      case "delete":
        fleet.delete(vm);
        break;
      case "note": {
        const seen = fleet.lookAt(vm);
        if (seen) service.note(seen.host, seen.record);
        break;
      }
      case "wait":
        await vi.advanceTimersByTimeAsync(step.which);
        break;
      case "set the clock":
        vi.setSystemTime(Date.parse("2026-01-02T00:00:00Z") + (step.which % 6) * 3_600_000);
        break;
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  check(): void {
    const { fleet, service } = this;
    const shown = service.vms();
    const byId = new Map(shown.map((vm) => [vm.vm_id, vm]));
    expect(byId.size, "no VM is shown twice").toBe(shown.length);
    const counted = service.hosts().reduce((sum, { vm_count }) => sum + vm_count, 0);
    expect(counted, "every VM counts on one host").toBe(shown.length);
    for (const vm of fleet.vms) {
      const told = fleet.told.get(vm.vm_id);
      const view = byId.get(vm.vm_id);
      if (told === undefined) {
        expect(view, "what nobody told is not shown").toBeUndefined();
      } else if (view === undefined) {
        expect(fleet.confirmedGone(vm), `${vm.name} is gone only once that is certain`).toBe(true);
      } else if (this.#isInDoubt(vm, view)) {
        expect(fleet.readSinceTold(view.host, vm), "a read of its host ends the doubt").toBe(false);
      } else {
        expect([view.host, view.vm_name], "the newest read wins").toEqual([told.host, told.name]);
      }
    }
    this.#page = takeIn(this.#page, service.changes(this.#page?.revision));
    const whole = takeIn(undefined, service.changes());
    expect(this.#page.vms, "the page follows").toEqual(whole.vms);
    expect(this.#page.hosts.map(({ age_ms, ...host }) => host)).toEqual(
      whole.hosts.map(({ age_ms, ...host }) => host),
    );
  }

  #isInDoubt(vm: TrueVm, { host, also_on }: VmView): boolean {
    if (also_on.length > 0) this.#doubted.add(vm.vm_id);
    return this.#doubted.has(vm.vm_id) && host !== this.fleet.told.get(vm.vm_id)?.host;
  }

  /** Every host answers until there is nothing left to ask. */
  async settle(): Promise<void> {
    const rounds = 3;
    for (let round = 0; round < rounds; round += 1) {
      void this.service.refresh();
      for (let guard = 0; guard < 100; guard += 1) {
        await vi.advanceTimersByTimeAsync(0);
        const read = this.fleet.pending[0];
        if (read === undefined) break;
        this.fleet.answer(read);
      }
    }
  }
}

it(`never shows a VM twice, nor as gone before that is certain (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const world = new World();
      world.service.start();
      for (const step of sequence) {
        await world.take(step);
        world.check();
      }
      await world.settle();
      world.check();
      const left = world.fleet.vms.filter(({ host }) => host !== null);
      expect(
        world.service
          .vms()
          .map(({ vm_id, vm_name, host, missing_since, also_on }) => [
            vm_id,
            vm_name,
            host,
            missing_since,
            ...also_on,
          ])
          .sort(),
        "in the end it is all as it is",
      ).toEqual(left.map(({ vm_id, name, host }) => [vm_id, name, host, null]).sort());
      world.service.stop();
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
});
