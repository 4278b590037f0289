import type { VmRecord } from "@/lib/domain/inventory";

/**
 * A read that found a VM. `began` and `ended` are turns of the counter that orders reads; `at` is the time of its
 * beginning, in ms since the epoch.
 */
export interface Seen {
  readonly began: number;
  readonly ended: number;
  readonly at: number;
}

/** A VM where a read found it. */
export interface Sighting {
  readonly host: string;
  readonly vm: VmRecord;
  readonly seen: Seen;
}

interface Contest {
  /** The newest sighting on each host whose newest read has the VM, the first host first; and how many there were. */
  readonly holders: Map<string, Sighting & { reads: number }>;
  /** How often the VM was found on another host than before, by a read that began after the one before had ended. */
  switches: number;
}

/** A move there, one back and one there again. Who moves a VM so often has it read in between where it is not. */
const SWITCHES_OF_NO_MOVE = 3;
const READS_OF_NO_MOVE = 2;

/**
 * VMs whose id several hosts tell of, none having been read without it since. One that moves is soon lacked where it
 * was; what stays on both is two VMs with one id, as Hyper-V Replica, or an export that was imported with its id,
 * makes them.
 */
export class Copies {
  readonly #contests = new Map<string, Contest>();

  /**
   * Takes over that the VM was found.
   * @param before where it was found last; null: nowhere, or it is no longer there
   */
  saw(now: Sighting, before: Sighting | null): void {
    const id = now.vm.vm_id;
    const contest = this.#contests.get(id) ?? contestOf(now, before);
    if (contest === null) return;
    this.#contests.set(id, contest);
    const newest = newestOf(contest);
    if (newest.host !== now.host && newest.seen.ended < now.seen.began) contest.switches += 1;
    const reads = (contest.holders.get(now.host)?.reads ?? 0) + 1;
    contest.holders.set(now.host, { ...now, reads });
  }

  /** The ids of the VMs that this host is one of several to tell of, by reads that began before this turn. */
  heldBy(host: string, began: number): string[] {
    return [...this.#contests].flatMap(([id, { holders }]) => {
      const holder = holders.get(host);
      return holder !== undefined && holder.seen.began < began ? [id] : [];
    });
  }

  /** The host was read without the VM. Gives where it was found last, of all other hosts that tell of it. */
  lacks(vmId: string, host: string): Sighting | null {
    const contest = this.#contests.get(vmId);
    if (contest === undefined) return null;
    contest.holders.delete(host);
    if (contest.holders.size < 2) this.#contests.delete(vmId);
    return newestOf(contest);
  }

  forget(vmId: string): void {
    this.#contests.delete(vmId);
  }

  /** The other hosts that tell of it, as long as it may still be on the move. */
  undecided(vmId: string, host: string): string[] {
    const contest = this.#contests.get(vmId);
    if (contest === undefined || this.decided(vmId) !== null) return [];
    return [...contest.holders.keys()].filter((name) => name !== host);
  }

  /**
   * The VM that counts, and the hosts that have others of the same id; null: it is one that moves, if anything. The
   * one that runs counts, which a replica does not; else the one that was there first.
   */
  decided(vmId: string): { counts: Sighting; alsoOn: string[] } | null {
    const contest = this.#contests.get(vmId);
    if (contest === undefined || contest.switches < SWITCHES_OF_NO_MOVE) return null;
    const holders = [...contest.holders.values()].filter(({ reads }) => reads >= READS_OF_NO_MOVE);
    const [first] = holders;
    if (first === undefined || holders.length < 2) return null;
    const { host, vm, seen } = holders.find(({ vm: { state } }) => state === "running") ?? first;
    const others = holders.map((holder) => holder.host).filter((name) => name !== host);
    return { counts: { host, vm, seen }, alsoOn: others.sort() };
  }
}

function contestOf(now: Sighting, before: Sighting | null): Contest | null {
  if (before === null || before.host === now.host) return null;
  return {
    holders: new Map([[before.host, { host: before.host, vm: before.vm, seen: before.seen, reads: 1 }]]),
    switches: 0,
  };
}

/** A contest has one holder at least. */
function newestOf({ holders }: Contest): Sighting {
  return [...holders.values()].reduce((newest, each) =>
    each.seen.began > newest.seen.began ? each : newest,
  );
}
