import { expect, test } from "vitest";
import { hostRecord } from "@/tests/support/fake-records";
import { demandOf, sentenceOf, unfitFindings } from "./host-fit";
import { imageIn, networkIn, storageClassIn, suits } from "./host-offers";
import type { HostRecord } from "./inventory";
import type { JsonObject } from "./json";
import { GB } from "./units";

const storage = {
  name: "gold",
  path: "D:\\VMs",
  capacity_bytes: 500 * GB,
  free_bytes: 100 * GB,
  shared: false,
};
const image = { name: "deb", os_family: "linux", description: null, size_gb: 20, provisioning_version: null };
const ordinary: Partial<HostRecord> = {
  cluster: null,
  memory_available_bytes: 64 * GB,
  logical_processors: 32,
  storage_classes: [storage],
  images: [{ ...image, file_bytes: 120 * GB }],
};

function sentencesFor(values: JsonObject, record: Partial<HostRecord> = {}) {
  const findings = unfitFindings(hostRecord("hv01", { ...ordinary, ...record }), demandOf(values));
  return findings.map((finding) => `${finding.code} ${finding.field}: ${sentenceOf("hv01", finding)}`);
}

test("a host with room for everything fits", () => {
  const exactly = { gb_ram: 64, cpu_cores: 32, size_gb: 100, storage_type: "fixed" };
  expect(sentencesFor(exactly)).toEqual([]);
  expect(sentencesFor({})).toEqual([]);
});

test.each<[string, JsonObject, Partial<HostRecord>, string]>([
  [
    "memory",
    { gb_ram: 65 },
    {},
    "insufficient_memory gb_ram: hv01 has 64 GB of memory free, 65 GB were asked for.",
  ],
  [
    "processors",
    { cpu_cores: 33 },
    {},
    "invalid_request cpu_cores: hv01 has 32 logical processors, 33 were asked for.",
  ],
  [
    "room for a fixed disk",
    { size_gb: 101, storage_type: "fixed" },
    {},
    "storage_full storage_class: No storage class of hv01 has the 101 GB free that the disk needs.",
  ],
  [
    "room for a copy of the image, in whatever case it is named",
    { image_name: "DEB", size_gb: 20 },
    {},
    "storage_full storage_class: No storage class of hv01 has the 120 GB free that the disk needs.",
  ],
  ["storage", {}, { storage_classes: [] }, "storage_class_not_found storage_class: hv01 offers no storage."],
  [
    "a cluster",
    { cluster_preference: "required" },
    {},
    "cluster_unavailable cluster_preference: hv01 is in no cluster: the VM cannot be clustered there.",
  ],
  [
    "a usable resources file",
    { gb_ram: 65 },
    { resources_error: "line 3" },
    "host_resources_invalid target_host: Nothing can be created on hv01: line 3",
  ],
])("a host without %s says so", (_what, values, record, sentence) => {
  expect(sentencesFor(values, record)).toEqual([sentence]);
});

test("a dynamic disk may be larger than what is free now", () => {
  expect(sentencesFor({ size_gb: 400, storage_type: "dynamic" })).toEqual([]);
});

test("a class that nobody could read speaks against nothing", () => {
  const unread = { ...storage, capacity_bytes: null, free_bytes: null };
  expect(sentencesFor({ size_gb: 400, storage_type: "fixed" }, { storage_classes: [unread] })).toEqual([]);
});

test("names are the same in any case, and what is not offered is not found", () => {
  const record = hostRecord("hv01", ordinary);
  const [network] = record.networks;
  expect(networkIn(record, network?.name.toUpperCase() ?? "")).toBe(network);
  expect(storageClassIn(record, "GOLD")?.name).toBe("gold");
  expect(imageIn(record, "Deb")).toMatchObject(image);
  expect(networkIn(record, "dmz")).toBeNull();
});

test.each([
  ["linux", null, true],
  [null, "linux", true],
  ["Linux", "linux", true],
  ["windows", "linux", false],
])("an image for %s suits a VM for %s: %s", (os_family, wanted, fits) => {
  expect(suits({ ...image, os_family, file_bytes: null }, wanted)).toBe(fits);
});
