import { describe, expect, test } from "vitest";
import { GIBIBYTE } from "./bytes";
import type { Host } from "./model";
import { addOtherName, createdAt } from "./other-names";
import { seedHosts } from "./seed-hosts";
import { findFile, freeBytes, newVhd, resizeVhd, volumeOf } from "./storage";

function host(index: number): Host {
  const found = seedHosts(Date.now())[index];
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
    const [first, second] = seedHosts(Date.now());
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

describe("names", () => {
  test.each([
    "\\\\?\\C:\\CLUSTERSTORAGE\\Volume2\\disk.vhdx",
    "C:/ClusterStorage/./Volume2/x/..//disk.vhdx",
    "C:\\Link\\disk.vhdx",
    "D:\\..\\Far\\Link\\disk.vhdx",
    "\\\\?\\Volume{5a1c2f6e}\\disk.vhdx",
    "C:\\ClusterStorage\\Volume2\\hard.vhdx",
  ])("%s leads to the file", (name) => {
    const node = host(0);
    const [own, , shared] = node.volumes;
    if (own === undefined || shared === undefined) throw new Error("A volume is missing.");
    addOtherName(own, "C:\\Link", "C:\\ClusterStorage\\Volume2");
    addOtherName(own, "D:\\Far", "C:");
    addOtherName(shared, "\\\\?\\Volume{5a1c2f6e}", "C:\\ClusterStorage\\Volume2");
    addOtherName(shared, "C:\\ClusterStorage\\Volume2\\hard.vhdx", "C:\\ClusterStorage\\Volume2\\disk.vhdx");
    const disk = { path: "C:\\ClusterStorage\\Volume2\\disk.vhdx", virtualBytes: GIBIBYTE };
    const file = newVhd(node, { ...disk, type: "dynamic" });
    expect(findFile(node, name)).toBe(file);
    expect(findFile(node, `${name}x`)).toBeNull();
  });

  test("names that lead to each other lead nowhere", () => {
    const node = host(0);
    const [own] = node.volumes;
    if (own === undefined) throw new Error("A volume is missing.");
    addOtherName(own, "C:\\A", "C:\\B");
    addOtherName(own, "C:\\B", "C:\\A");
    expect(findFile(node, "C:\\A\\disk.vhdx")).toBeNull();
  });
});

test("every file has a time of its own", () => {
  const node = host(0);
  const make = (path: string) => newVhd(node, { path, virtualBytes: GIBIBYTE, type: "dynamic" });
  const [first, second] = [make("C:\\a.vhdx"), make("C:\\b.vhdx")];
  expect(createdAt(first)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  expect(createdAt(first)).toBe(createdAt(first));
  expect(createdAt(second)).not.toBe(createdAt(first));
});
