import { expect, test } from "vitest";
import type { HostRecord, HostView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { GB } from "@/lib/domain/units";
import { hostWith } from "@/tests/support/host-views";
import { demandOf, unfitReasons } from "./host-fit";

const storage = {
  name: "gold",
  path: "D:\\VMs",
  capacity_bytes: 500 * GB,
  free_bytes: 100 * GB,
  shared: false,
};
const image = { name: "deb", os_family: "linux", description: null, size_gb: 20, provisioning_version: null };
const ordinary: Partial<HostRecord> = {
  storage_classes: [storage],
  images: [{ ...image, file_bytes: 120 * GB }],
};

function reasonsFor(
  values: JsonObject,
  record: Partial<HostRecord> | null = {},
  view: Partial<HostView> = {},
) {
  return unfitReasons(
    hostWith("hv", record === null ? null : { ...ordinary, ...record }, view),
    demandOf(values),
  );
}

test("a host with room for everything fits", () => {
  const exactly = { gb_ram: 64, cpu_cores: 32, size_gb: 100, storage_type: "fixed" };
  expect(reasonsFor(exactly)).toEqual([]);
  expect(reasonsFor({})).toEqual([]);
});

test.each<[string, JsonObject, Partial<HostRecord> | null, Partial<HostView>, string]>([
  ["memory", { gb_ram: 65 }, {}, {}, "65 GB wanted, 64 GB free"],
  ["processors", { cpu_cores: 33 }, {}, {}, "33 wanted, the host has 32"],
  ["room for a fixed disk", { size_gb: 101, storage_type: "fixed" }, {}, {}, "101 GB wanted"],
  ["room for a copy of the image", { image_name: "deb", size_gb: 20 }, {}, {}, "120 GB wanted"],
  ["storage", {}, { storage_classes: [] }, {}, "no storage"],
  ["a cluster", { cluster_preference: "required" }, {}, {}, "In no cluster"],
  ["a usable resources file", {}, { resources_error: "line 3" }, {}, "line 3"],
  ["a first answer", {}, null, { state: "pending" }, "not been read"],
  ["contact", {}, {}, { state: "unreachable" }, "Unreachable"],
])("a host without %s says so", (_what, values, record, view, reason) => {
  expect(reasonsFor(values, record, view).join()).toContain(reason);
});

test("a dynamic disk may be larger than what is free now", () => {
  expect(reasonsFor({ size_gb: 400, storage_type: "dynamic" })).toEqual([]);
});
