import { beforeEach, expect, it } from "vitest";
import type { VmRecord } from "@/lib/domain/inventory";
import { vmRecord } from "@/tests/support/fake-records";
import { KnownDisks } from "./known-disks";

const disk = (path: string, size_bytes: number | null = 10) => ({
  disk_id: size_bytes === null ? null : `id-of-${path}`,
  path,
  size_bytes,
  file_bytes: 5,
});
const web = vmRecord("web", { disks: [disk("a.vhdx"), disk("b.vhdx"), disk("unreadable.vhdx", null)] });
const database = vmRecord("db", { disks: [disk("c.vhdx")] });

let disks: KnownDisks;
let random = 1;
beforeEach(() => {
  random = 1;
  disks = new KnownDisks(1_000, () => random);
});

/** One read of the host that ends at once. */
function read(vms: readonly VmRecord[], at: number): string[] {
  const sent = disks.list(at);
  disks.read(vms, sent, at);
  return sent.map(({ path }) => path);
}

it("names the disks that were opened, but not those that could not be", () => {
  expect(read([web, database], 10)).toEqual([]);
  expect(disks.list(11)).toEqual([
    { path: "a.vhdx", disk_id: "id-of-a.vhdx", size_bytes: 10 },
    { path: "b.vhdx", disk_id: "id-of-b.vhdx", size_bytes: 10 },
    { path: "c.vhdx", disk_id: "id-of-c.vhdx", size_bytes: 10 },
  ]);
});

it("has each opened again after the time, however often the host is read meanwhile", () => {
  read([database], 0);
  for (let at = 100; at < 1_000; at += 100) expect(read([database], at)).toEqual(["c.vhdx"]);
  expect(read([database], 1_000)).toEqual([]);
  expect(read([database], 1_001)).toEqual(["c.vhdx"]);
});

it("has those that were opened together opened again at different times", () => {
  random = 0;
  read([database], 0);
  random = 0.5;
  read([database, web], 1);
  expect(disks.list(499).map(({ path }) => path)).toContain("c.vhdx");
  expect(disks.list(600).map(({ path }) => path)).toEqual(["a.vhdx", "b.vhdx"]);
});

it("forgets the disks that are gone", () => {
  read([web, database], 0);
  read([database], 1);
  expect(read([web, database], 2)).toEqual(["c.vhdx"]);
});

it("forgets the disks of a VM that a job has changed, also those that a read under way tells of", () => {
  read([web, database], 0);
  const sent = disks.list(10);
  disks.forget(web.vm_id, 20);
  disks.read([web, database], sent, 10);
  expect(read([web, database], 30)).toEqual(["c.vhdx"]);
  expect(read([web, database], 40)).toEqual(["c.vhdx", "a.vhdx", "b.vhdx"].sort());
  const opening = new KnownDisks(1_000);
  opening.forget(web.vm_id, 20);
  opening.read([web], [], 10);
  expect(opening.list(30)).toEqual([]);
});

it("opens a file anew that has become another VM's", () => {
  read([database], 0);
  read([{ ...web, disks: [disk("c.vhdx")] }], 1);
  expect(disks.list(2)).toEqual([]);
});
