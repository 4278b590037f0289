import { describe, expect, test } from "vitest";
import type { Host } from "./model";
import { GIBIBYTE, seedHosts } from "./seed-hosts";
import { findFile, freeBytes, newVhd, resizeVhd, volumeOf } from "./storage";

function host(index: number): Host {
  const found = seedHosts()[index];
  if (found === undefined) throw new Error("There is no such host.");
  return found;
}

describe("volumes", () => {
  test("a path lies on the volume with the longest mount point", () => {
    expect(volumeOf(host(0), "c:/ClusterStorage/Volume2/x")?.mount).toBe("C:\\ClusterStorage\\Volume2");
    expect(volumeOf(host(0), "C:\\ClusterStorage\\Volume22\\x")?.mount).toBe("C:");
    expect(volumeOf(host(0), "E:\\x")).toBeNull();
  });

  test("the nodes of a cluster see the same shared volumes, in any case of the letters", () => {
    const [first, second] = seedHosts();
    if (first === undefined || second === undefined) throw new Error("There is no cluster.");
    newVhd(first, { path: "C:\\ClusterStorage\\Volume1\\a.vhdx", virtualBytes: GIBIBYTE, type: "fixed" });
    expect(findFile(second, "c:\\clusterstorage\\volume1\\A.VHDX")?.fileBytes).toBe(GIBIBYTE);
    newVhd(first, { path: "C:\\a.vhdx", virtualBytes: GIBIBYTE, type: "fixed" });
    expect(findFile(second, "C:\\a.vhdx")).toBeNull();
  });

  test("a fixed disk takes its whole size, and there must be room for it", () => {
    const third = host(2);
    const volume = volumeOf(third, "D:\\x");
    if (volume === null) throw new Error("There is no volume.");
    const free = freeBytes(volume);
    const file = newVhd(third, { path: "D:\\a.vhdx", virtualBytes: GIBIBYTE, type: "fixed" });
    resizeVhd(third, file, 3 * GIBIBYTE);
    expect(freeBytes(volume)).toBe(free - 3 * GIBIBYTE);
    const tooLarge = { path: "D:\\b.vhdx", virtualBytes: free, type: "fixed" } as const;
    expect(() => newVhd(third, tooLarge)).toThrow(/not enough space/);
    expect(() => resizeVhd(third, file, free + GIBIBYTE)).toThrow(/not enough space/);
    expect(() => resizeVhd(third, file, GIBIBYTE)).toThrow(/smaller/);
    expect(() => newVhd(third, { ...tooLarge, path: "D:\\A.vhdx" })).toThrow(/file exists/);
    expect(() => newVhd(third, { ...tooLarge, path: "E:\\a.vhdx" })).toThrow(/cannot find the path/);
    expect(freeBytes(volume)).toBe(free - 3 * GIBIBYTE);
  });
});
