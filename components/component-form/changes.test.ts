import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadSchemas } from "@/lib/schema/load";
import { updateSchema } from "@/lib/schema/update";
import { changesOf, differencesOf, emptiedFields, isUnchanged } from "./changes";

const set = loadSchemas(fileURLToPath(new URL("../../schemas", import.meta.url)));
const schema = updateSchema(set, "nic");
const current = { network: "Servers", adapter_name: "Front" };

describe("what is sent of a form", () => {
  test("is what differs from what is there", () => {
    expect(changesOf(current, { ...current, network: "DMZ", mac_address: "00-15-5D-01-02-03" })).toEqual({
      network: "DMZ",
      mac_address: "00-15-5D-01-02-03",
    });
    expect(changesOf(current, current)).toEqual({});
  });

  test("never empties a field: that is told at it", () => {
    expect(changesOf(current, { network: "Servers" })).toEqual({});
    expect(emptiedFields(schema, current, { network: "Servers" })).toEqual([
      { pointer: "/adapter_name", message: "Adapter name cannot be emptied: give a value." },
    ]);
    expect(emptiedFields(schema, current, current)).toEqual([]);
  });
});

test("only a field that has a value and keeps it is left unjudged", () => {
  expect(isUnchanged("network", current, current)).toBe(true);
  expect(isUnchanged("network", current, { network: "DMZ" })).toBe(false);
  expect(isUnchanged("mac_address", current, current)).toBe(false);
  expect(isUnchanged("network", undefined, current)).toBe(false);
});

test("what somebody else has changed is named field by field, beside one's own", () => {
  const now = { adapter_name: "Back", mac_address: "00-15-5D-01-02-03" };
  expect(differencesOf(schema, current, now, { adapter_name: "Mine" })).toEqual([
    { name: "network", title: "Network", before: "Servers", now: "none", mine: null },
    { name: "adapter_name", title: "Adapter name", before: "Front", now: "Back", mine: "Mine" },
    { name: "mac_address", title: "MAC address", before: "none", now: "00-15-5D-01-02-03", mine: null },
  ]);
  expect(differencesOf(updateSchema(set, "disk"), { size_gb: 30 }, { size_gb: 40 }, {})).toEqual([
    { name: "size_gb", title: "Size", before: "30 GB", now: "40 GB", mine: null },
  ]);
});
