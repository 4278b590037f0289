import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HyperVError } from "./hyperv-error";
import { KvpExchange, KvpMemory } from "./kvp";
import { decodePool, encodePool } from "./kvp-pools";
import { seedHosts } from "./seed-hosts";
import { newVm } from "./virtual-machines";

function exchange() {
  const [host] = seedHosts(Date.now());
  if (host === undefined) throw new Error("There is no host.");
  const vm = newVm(host, { name: "x", memoryStartupBytes: 2 ** 30, path: "D:\\x" });
  return { kvp: new KvpExchange(new KvpMemory()), vm };
}

describe("host items", () => {
  test("add takes new keys only, modify and remove existing ones only, and a refusal changes nothing", () => {
    const { kvp, vm } = exchange();
    kvp.addItems(vm, [["a", "1"]]);
    expect(() =>
      kvp.addItems(vm, [
        ["b", "2"],
        ["a", "3"],
      ]),
    ).toThrow(/32773/);
    expect(() => kvp.modifyItems(vm, [["b", "2"]])).toThrow(HyperVError);
    expect(() => kvp.removeItems(vm, ["b"])).toThrow(HyperVError);
    expect([...kvp.hostItems(vm)]).toEqual([["a", "1"]]);
    kvp.modifyItems(vm, [["a", "4"]]);
    expect(kvp.hostItems(vm).get("a")).toBe("4");
    kvp.removeItems(vm, ["a"]);
    expect(kvp.hostItems(vm).size).toBe(0);
  });

  test("990 characters of data and 128 items a call are the most", () => {
    const { kvp, vm } = exchange();
    kvp.addItems(vm, [["a", "x".repeat(990)]]);
    expect(() => kvp.addItems(vm, [["b", "x".repeat(991)]])).toThrow(/too long/);
    const items = Array.from({ length: 129 }, (_, n): [string, string] => [`k${n}`, "x"]);
    expect(() => kvp.addItems(vm, items)).toThrow(/too many/);
  });
});

describe("pool files", () => {
  test("are records of 512 and 2048 bytes, padded with NUL", () => {
    const bytes = encodePool(new Map([["key", "välue"]]));
    expect(bytes.length).toBe(2560);
    expect(bytes.subarray(0, 4).toString("latin1")).toBe("key\0");
    expect(bytes.subarray(512, 512 + 7).toString("utf8")).toBe("välue\0");
  });

  test("give back what was written", () => {
    const text = (maxLength: number) =>
      fc.string({ unit: "grapheme", minLength: 1, maxLength }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(fc.array(fc.tuple(text(40), text(200))), (entries) => {
        const items = new Map(
          entries.filter(([name, data]) => Buffer.byteLength(name) < 512 && Buffer.byteLength(data) < 2048),
        );
        expect(decodePool(encodePool(items))).toEqual(items);
      }),
    );
  });

  test("a record that is still being written is left out, one that cannot fit is refused", () => {
    const bytes = encodePool(
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
    expect([...decodePool(bytes.subarray(0, 4000)).keys()]).toEqual(["a"]);
    expect(() => encodePool(new Map([["a", "x".repeat(2048)]]))).toThrow(RangeError);
  });
});
