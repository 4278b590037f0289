import { describe, expect, it } from "vitest";
import { CallQueue } from "./call-queue";

const LIMITS = { mutation: 1, copy: 1, guest: 1, read: 2, check: 1, waiting: 100 };

/** Calls that stay open until they are told to end, and the order in which they began. */
function station(queue: CallQueue) {
  const began: string[] = [];
  const open = new Map<string, () => void>();
  const call = (name: string, host: string, lane: "mutation" | "copy" | "read", signal?: AbortSignal) =>
    queue.run(host, lane, signal ?? new AbortController().signal, () => {
      began.push(name);
      return new Promise<string>((resolve) => open.set(name, () => resolve(name)));
    });
  const end = (name: string) => open.get(name)?.();
  return { began, call, end };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("CallQueue", () => {
  it("lets one mutation at a time onto a host, first come, first served", async () => {
    const { began, call, end } = station(new CallQueue(LIMITS));
    const calls = ["a", "b", "c"].map((name) => call(name, "hv01", "mutation"));
    await settled();
    expect(began).toEqual(["a"]);
    end("a");
    await settled();
    expect(began).toEqual(["a", "b"]);
    end("b");
    await settled();
    end("c");
    expect(await Promise.all(calls)).toEqual(["a", "b", "c"]);
  });

  it("keeps hosts, reads and image copies apart", async () => {
    const { began, call } = station(new CallQueue(LIMITS));
    void call("mutation", "hv01", "mutation");
    void call("copy", "hv01", "copy");
    void call("second copy", "hv01", "copy");
    void call("read 1", "hv01", "read");
    void call("read 2", "hv01", "read");
    void call("read 3", "hv01", "read");
    void call("other host", "hv02", "mutation");
    await settled();
    expect(began).toEqual(["mutation", "copy", "read 1", "read 2", "other host"]);
  });

  it("takes a canceled call out of the line without beginning it", async () => {
    const { began, call, end } = station(new CallQueue(LIMITS));
    const abort = new AbortController();
    void call("a", "hv01", "mutation");
    const canceled = call("b", "hv01", "mutation", abort.signal);
    void call("c", "hv01", "mutation");
    abort.abort();
    await expect(canceled).rejects.toMatchObject({ code: "canceled" });
    end("a");
    await settled();
    expect(began).toEqual(["a", "c"]);
    await expect(call("d", "hv01", "mutation", abort.signal)).rejects.toMatchObject({ code: "canceled" });
  });

  it("frees the place of a call that failed", async () => {
    const queue = new CallQueue(LIMITS);
    const signal = new AbortController().signal;
    const fail = () => Promise.reject(new Error("the host is gone"));
    await expect(queue.run("hv01", "mutation", signal, fail)).rejects.toThrow("the host is gone");
    await expect(queue.run("hv01", "mutation", signal, async () => 1)).resolves.toBe(1);
  });

  it("refuses what would make the line too long", async () => {
    const { call } = station(new CallQueue({ ...LIMITS, waiting: 2 }));
    for (const name of ["a", "b", "c"]) void call(name, "hv01", "mutation");
    await expect(call("d", "hv01", "mutation")).rejects.toMatchObject({ code: "queue_full" });
  });
});
