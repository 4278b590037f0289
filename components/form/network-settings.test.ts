import { expect, test } from "vitest";
import { networkWith } from "@/tests/support/host-views";
import { networkSettings, prefixLengthOf } from "./network-settings";

test.each([
  ["255.255.255.0", 24],
  ["255.255.255.255", 32],
  ["255.255.254.0", 23],
  ["128.0.0.0", 1],
  ["0.0.0.0", 0],
  ["255.0.255.0", null],
  ["255.255.255", null],
  ["255.255.255.256", null],
  ["nonsense", null],
])("the mask %s has the prefix length %s", (mask, length) => {
  expect(prefixLengthOf(mask)).toBe(length);
});

test("only what a network knows is filled in", () => {
  const network = networkWith("A", { gateway: "10.0.0.1", subnet_mask: "255.255.0.0" });
  expect(networkSettings(network)).toEqual({ prefix_length: 16, gateway: "10.0.0.1" });
  expect(networkSettings(networkWith("B", null))).toEqual({});
  expect(networkSettings(null)).toEqual({});
});
