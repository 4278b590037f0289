import { describe, expect, test } from "vitest";
import { demandOf } from "@/lib/domain/host-fit";
import type { ImageRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import { hostWith, networkWith } from "@/tests/support/host-views";
import { type ChoiceContext, choicesOf, emptyReason } from "./choices";

function contextOf(context: Partial<ChoiceContext>): ChoiceContext {
  return { hosts: [], host: null, osFamily: null, demand: demandOf({}), ...context };
}

function image(name: string, os_family: string | null): ImageRecord {
  return { name, os_family, description: null, size_gb: 20, file_bytes: null, provisioning_version: null };
}

test("clusters are named once each", () => {
  const hosts = [
    hostWith("a", { cluster: "c2" }),
    hostWith("b", { cluster: "c1" }),
    hostWith("c", { cluster: "c2" }),
  ];
  expect(choicesOf("clusters", contextOf({ hosts })).map((choice) => choice.value)).toEqual(["c1", "c2"]);
});

test("networks say whether DHCP is there, where that is known", () => {
  const host = hostWith("hv01", {
    networks: [
      networkWith("A", { dhcp_available: true }),
      networkWith("B", { dhcp_available: false }),
      networkWith("C", null),
    ],
  });
  expect(choicesOf("host.networks", contextOf({ host })).map((choice) => choice.label)).toEqual([
    "A · VLAN 10 · DHCP",
    "B · VLAN 10 · no DHCP",
    "C · VLAN 10",
  ]);
});

test("storage classes say what is free, and an unreadable one cannot be chosen", () => {
  const host = hostWith("hv01", {
    storage_classes: [
      { name: "gold", path: "C:\\", capacity_bytes: 2048 * GB, free_bytes: 512 * GB, shared: true },
      { name: "lost", path: "E:\\", capacity_bytes: null, free_bytes: null, shared: false },
    ],
  });
  expect(choicesOf("host.storage_classes", contextOf({ host }))).toEqual([
    { value: "gold", label: "gold · 512 GB free of 2 TB · shared", unfit: null },
    { value: "lost", label: "lost · local · cannot be read", unfit: "cannot be read" },
  ]);
});

describe("images", () => {
  const host = hostWith("hv01", {
    images: [image("win", "windows"), image("deb", "linux"), image("old", null)],
  });

  test.each([
    [null, ["win", "deb", "old"]],
    ["linux", ["deb", "old"]],
    ["windows", ["win", "old"]],
  ])("for the family %s are %j", (osFamily, names) => {
    expect(choicesOf("host.images", contextOf({ host, osFamily })).map((choice) => choice.value)).toEqual(
      names,
    );
  });
});

describe("an empty list says why", () => {
  test.each([
    ["no host is chosen", {}, "Choose a host first."],
    ["the host was not read", { host: hostWith("hv01", null) }, "hv01 has not been read yet."],
    [
      "its resources are wrong",
      { host: hostWith("hv01", { resources_error: "bad JSON" }) },
      "hv01: bad JSON",
    ],
    [
      "there is nothing for the family",
      { host: hostWith("hv01", { images: [image("win", "windows")] }), osFamily: "linux" },
      "hv01 has no image for linux.",
    ],
    ["it offers none", { host: hostWith("hv01") }, "hv01 offers none: add some to its hostresources.json."],
  ])("%s", (_, context, reason) => {
    expect(emptyReason("host.images", contextOf(context))).toBe(reason);
  });
});
