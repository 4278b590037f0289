import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InventoryChanges } from "@/lib/domain/inventory";
import { hostWith } from "@/tests/support/host-views";
import { InventoryStore } from "./inventory-store";

/** As much of a page as the store looks at. */
class TestPage extends EventTarget {
  visibilityState: "visible" | "hidden" = "visible";

  show(visible: boolean): void {
    this.visibilityState = visible ? "visible" : "hidden";
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: TestPage;
let network: EventTarget;
let asked: (string | undefined)[];
let answer: () => Promise<InventoryChanges>;
let store: InventoryStore;

const answered = (revision: string, vm_count = 0): InventoryChanges => ({
  revision,
  complete: true,
  hosts: [hostWith("hv01", {}, { vm_count })],
  vms: [],
  removed_vms: [],
});
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  page = new TestPage();
  network = new EventTarget();
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", network);
  asked = [];
  answer = async () => answered("run.1");
  store = new InventoryStore((since) => {
    asked.push(since);
    return answer();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the page's inventory", () => {
  it("is asked for once for all who look, from the first to the last of them", async () => {
    const stops = [store.subscribe(() => {}), store.subscribe(() => {})];
    await settled();
    expect(asked).toEqual([undefined]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([undefined, "run.1", "run.1"]);
    for (const stop of stops) stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
  });

  it("is not asked for in a hidden tab, and at once when it is looked at again or the network is back", async () => {
    store.subscribe(() => {});
    await settled();
    page.show(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    page.show(true);
    await settled();
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    network.dispatchEvent(new Event("online"));
    await settled();
    expect(asked).toHaveLength(3);
  });

  it("tells of changes only, and keeps what it knows when a request fails", async () => {
    const listener = vi.fn();
    store.subscribe(listener);
    await settled();
    const { inventory } = store.snapshot();
    await store.refresh();
    expect(listener).toHaveBeenCalledTimes(1);
    const failure = new Error("down");
    answer = () => Promise.reject(failure);
    await store.refresh();
    expect(store.snapshot()).toEqual({ inventory, error: failure });
    answer = async () => answered("run.1");
    await store.refresh();
    expect(store.snapshot()).toEqual({ inventory, error: undefined });
    expect(store.snapshot().inventory).toBe(inventory);
  });

  it("answers demands while a request is under way with one more that begins afterwards", async () => {
    let release = () => {};
    answer = () => new Promise((resolve) => (release = () => resolve(answered("run.1"))));
    void store.refresh();
    const later = Promise.all([store.refresh(), store.refresh()]);
    expect(asked).toHaveLength(1);
    answer = async () => answered("run.2");
    release();
    await later;
    expect(asked).toEqual([undefined, "run.1"]);
    expect(store.snapshot().inventory?.revision).toBe("run.2");
  });

  it("waits for a host to be read again, and not for ever", async () => {
    await store.refresh();
    let n = 1;
    answer = async () => answered(`run.${n}`, n < 4 ? 0 : 1);
    const again = store.untilReadAgain("hv01").then(() => n);
    for (n = 2; n < 9; n += 1) await vi.advanceTimersByTimeAsync(500);
    expect(await again).toBeLessThan(6);
    const never = store.untilReadAgain().then(() => "gave up");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await never).toBe("gave up");
  });
});
