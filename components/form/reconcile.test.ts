import { describe, expect, test } from "vitest";
import { demandOf } from "@/lib/domain/host-fit";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields } from "@/lib/schema/schema-set";
import { hostWith, networkWith } from "@/tests/support/host-views";
import { reconcile } from "./reconcile";

const fields = declaredFields({
  properties: {
    where: { type: "string", title: "Host", "x-aetherv": { options: "hosts" } },
    lan: { type: "string", title: "Network", "x-aetherv": { options: "host.networks" } },
    template: { type: "string", title: "Image", "x-aetherv": { options: "host.images" } },
    gateway: { type: "string", title: "Gateway" },
    prefix_length: { type: "integer", title: "Prefix length" },
    note: { type: "string", title: "Note" },
  },
});

const image = { description: null, size_gb: 20, file_bytes: null, provisioning_version: null };
const hv01 = hostWith("hv01", {
  networks: [
    networkWith("Blue", { gateway: "10.0.1.1", subnet_mask: "255.255.255.0" }),
    networkWith("Red", { gateway: "10.0.2.1" }),
  ],
  images: [
    { ...image, name: "deb", os_family: "linux" },
    { ...image, name: "win", os_family: "windows" },
  ],
});
const hv02 = hostWith("hv02", { networks: [networkWith("Blue", { gateway: "10.9.1.1" })] });
const hosts = [hv01, hv02, hostWith("unread", null)];

const ALL = new Set(fields.map((field) => field.name));
const WITHOUT_ADDRESS = new Set(["where", "lan", "template", "note"]);

interface Situation {
  previous: JsonObject;
  next: JsonObject;
  osFamily?: string;
  shownBefore?: ReadonlySet<string>;
  shown?: ReadonlySet<string>;
  fixed?: Readonly<Record<string, string>>;
}

function afterChange({ previous, next, osFamily, shownBefore = ALL, shown = ALL, fixed = {} }: Situation) {
  const host = hosts.find((each) => each.name === next.where) ?? null;
  const context = { hosts, host, osFamily: osFamily ?? null, demand: demandOf({}) };
  return reconcile({ fields, fixed, shown, shownBefore, previous, next, context });
}

describe("choices", () => {
  test("that the new host does not have are cleared, and it is told which", () => {
    const { values, notes } = afterChange({
      previous: { where: "hv01", lan: "Red", note: "mine" },
      next: { where: "hv02", lan: "Red", note: "mine" },
    });
    expect(values).toEqual({ where: "hv02", note: "mine" });
    expect(notes).toEqual({ lan: { kind: "cleared", text: "Cleared: hv02 has no network “Red”." } });
  });

  test("that keep their value stay, although the host does not have them any more", () => {
    const { values, notes } = afterChange({
      previous: { where: "hv02", lan: "Red" },
      next: { where: "hv02", lan: "Red", note: "mine" },
      fixed: { lan: "It is there already." },
    });
    expect({ values, notes }).toEqual({ values: { where: "hv02", lan: "Red", note: "mine" }, notes: {} });
  });

  test("that the new host has too stay", () => {
    const { values } = afterChange({
      previous: { where: "hv01", lan: "Blue" },
      next: { where: "hv02", lan: "Blue" },
    });
    expect(values.lan).toBe("Blue");
  });

  test("for another operating system are cleared", () => {
    const values = { where: "hv01", template: "deb" };
    const result = afterChange({ previous: values, next: values, osFamily: "windows" });
    expect(result.values).toEqual({ where: "hv01" });
    expect(result.notes.template?.text).toBe("Cleared: “deb” is for another operating system.");
  });

  test("go with the host", () => {
    const result = afterChange({ previous: { where: "hv01", lan: "Blue" }, next: { lan: "Blue" } });
    expect(result.values).toEqual({});
    expect(result.notes.lan?.text).toBe("Cleared together with the host.");
  });

  test("are not taken away from a host that nobody has read yet", () => {
    const { values } = afterChange({
      previous: { where: "hv01", lan: "Red" },
      next: { where: "unread", lan: "Red" },
    });
    expect(values.lan).toBe("Red");
  });
});

describe("a network's settings", () => {
  test("are filled in when the network is chosen", () => {
    const { values, notes } = afterChange({
      previous: { where: "hv01" },
      next: { where: "hv01", lan: "Blue" },
    });
    expect(values).toMatchObject({ gateway: "10.0.1.1", prefix_length: 24 });
    expect(notes.gateway).toEqual({ kind: "filled", text: "Filled in from the network “Blue”." });
  });

  test("are filled in when their fields appear", () => {
    const previous = { where: "hv01", lan: "Blue" };
    const hidden = afterChange({ previous: { where: "hv01" }, next: previous, shown: WITHOUT_ADDRESS });
    expect(hidden.values).toEqual(previous);
    const { values } = afterChange({ previous, next: previous, shownBefore: WITHOUT_ADDRESS });
    expect(values).toMatchObject({ gateway: "10.0.1.1", prefix_length: 24 });
  });

  test("follow the network, and go where the new one does not know them", () => {
    const previous = { where: "hv01", lan: "Blue", gateway: "10.0.1.1", prefix_length: 24 };
    const { values } = afterChange({ previous, next: { ...previous, lan: "Red" } });
    expect(values).toEqual({ where: "hv01", lan: "Red", gateway: "10.0.2.1" });
  });

  test("of the same name on another host are that host's", () => {
    const previous = { where: "hv01", lan: "Blue", gateway: "10.0.1.1", prefix_length: 24 };
    const { values } = afterChange({ previous, next: { ...previous, where: "hv02" } });
    expect(values).toEqual({ where: "hv02", lan: "Blue", gateway: "10.9.1.1" });
  });

  test("do not replace what was typed", () => {
    const previous = { where: "hv01", lan: "Blue", gateway: "10.0.1.99" };
    const { values } = afterChange({ previous, next: { ...previous, lan: "Red" } });
    expect(values.gateway).toBe("10.0.1.99");
  });

  test("do not come back after they were emptied by hand", () => {
    const previous = { where: "hv01", lan: "Blue", gateway: "10.0.1.1" };
    const emptied = afterChange({ previous, next: { where: "hv01", lan: "Blue" } });
    expect(emptied.values.gateway).toBeUndefined();
    const later = afterChange({ previous: emptied.values, next: { ...emptied.values, note: "x" } });
    expect(later.values.gateway).toBeUndefined();
  });
});
