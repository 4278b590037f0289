import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { Secret } from "@/lib/domain/secret";
import { loadSchemas } from "./load";
import { propertiesOf, SCHEMA_COMPONENTS, type SchemaComponent, type SchemaSet } from "./schema-set";
import { updateSchema } from "./update";
import { SchemaValidators } from "./validate";

const load = (folder: string) => loadSchemas(fileURLToPath(new URL(`../../${folder}`, import.meta.url)));
const shipped = load("schemas");
const other = load("tests/support/other-schemas");
const validators = new SchemaValidators(shipped);
const others = new SchemaValidators(other);

function fieldsOf(set: SchemaSet, component: SchemaComponent): string[] {
  return propertiesOf(updateSchema(set, component)).map(([name]) => name);
}

function problems(component: SchemaComponent, body: JsonObject, by = validators): Record<string, string> {
  const result = by.validateUpdate(component, body);
  return result.ok
    ? {}
    : Object.fromEntries(result.problems.map(({ pointer, message }) => [pointer, message]));
}

describe("an update", () => {
  it("takes the hardware fields that may change, and no others", () => {
    expect(fieldsOf(shipped, "vm")).toEqual(["vm_name", "cpu_cores", "gb_ram"]);
    expect(fieldsOf(shipped, "disk")).toEqual(["size_gb"]);
    expect(fieldsOf(shipped, "nic")).toEqual(["network", "adapter_name", "mac_address"]);
    expect(fieldsOf(other, "vm")).toEqual(["hull", "masts", "flag"]);
    expect(fieldsOf(other, "disk")).toEqual(["barrels", "ballast", "pump"]);
    expect(fieldsOf(other, "nic")).toEqual([]);
  });

  it("takes one field alone and fills nothing in", () => {
    expect(validators.validateUpdate("vm", { gb_ram: 8 })).toEqual({ ok: true, value: { gb_ram: 8 } });
    expect(others.validateUpdate("disk", { pump: "wind" })).toEqual({ ok: true, value: { pump: "wind" } });
  });

  it("says of a field what is so where it is changed, and not what its absence means at the beginning", () => {
    const described = (set: SchemaSet, component: SchemaComponent) =>
      propertiesOf(updateSchema(set, component)).map(([, { description }]) => description);
    for (const component of SCHEMA_COMPONENTS) {
      for (const set of [shipped, other]) expect(described(set, component).join(" ")).not.toContain("Empty:");
    }
    expect(described(shipped, "disk")).toEqual([expect.stringContaining("never less than now")]);
    expect(JSON.stringify(updateSchema(shipped, "disk"))).not.toContain("update_description");
    expect(propertiesOf(shipped.disk).find(([name]) => name === "size_gb")?.[1].description).toBe(
      "Size that the guest sees; at least that of the image.",
    );
  });

  it("needs a field, and names those there are", () => {
    expect(problems("vm", {})).toEqual({
      "": "Give at least one field that can be changed: vm_name, cpu_cores, gb_ram.",
    });
    expect(problems("nic", {}, others)).toEqual({
      "": "Give at least one field that can be changed; here there is none.",
    });
  });

  it("refuses by name what cannot be changed, and says what else is wrong", () => {
    expect(problems("vm", { target_host: "hv02", gb_ram: 0, os_family: "linux" })).toEqual({
      "/os_family": "Operating system cannot be changed after creation: leave it out.",
      "/target_host": "Host cannot be changed after creation: leave it out.",
      "/gb_ram": expect.stringMatching(/^Memory must be between/),
    });
    expect(problems("nic", { canvas: "silk" }, others)).toEqual({
      "/canvas": "Canvas cannot be changed after creation: leave it out.",
    });
  });

  it("says what the schema says of a field that cannot be changed", () => {
    expect(problems("vm", { cluster_preference: "none" })["/cluster_preference"]).toMatch(
      /by the action for that/,
    );
  });

  it("refuses what only the guest is told, without repeating it", () => {
    const found = problems("nic", { ip_address: "10.1.2.3", network: "blue" });
    expect(Object.keys(found)).toEqual(["/ip_address"]);
    expect(found["/ip_address"]).toMatch(/what the guest is told when it is initialized/);
    const secret = problems("vm", { cipher: "white whale" }, others);
    expect(secret).toEqual({ "/cipher": expect.stringMatching(/^Cipher is what the guest is told/) });
    expect(JSON.stringify(secret)).not.toContain("white whale");
  });

  it("does not know the fields of another component", () => {
    expect(problems("vm", { size_gb: 20 })).toEqual({
      "/size_gb": "There is no such field: check its spelling, or leave it out.",
    });
  });

  it("judges a value as the creation does", () => {
    expect(problems("nic", { mac_address: "01-00-00-00-00-00" })["/mac_address"]).toMatch(/six pairs/);
    expect(problems("vm", { vm_name: "con" })["/vm_name"]).toMatch(/another name/);
    expect(problems("vm", { hull: "PINE" }, others)).toEqual({ "/hull": "Small letters only." });
  });

  it("wraps a secret, so that it is shown nowhere", () => {
    const disk = structuredClone(other.disk) as JsonObject & { properties: JsonObject };
    disk.properties.key = {
      type: "string",
      format: "password",
      title: "Key",
      "x-aetherv": { section: "hold", secret: true },
    };
    const result = new SchemaValidators({ ...other, disk }).validateUpdate("disk", { key: "Canary-key-1" });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.value.key).toBeInstanceOf(Secret);
    expect(JSON.stringify(result.value)).not.toContain("Canary-key-1");
  });

  it("has a schema with a name of its own for each component", () => {
    const ids = SCHEMA_COMPONENTS.map((component) => validators.updateSchema(component).$id);
    expect(ids).toEqual([
      "urn:aetherv:schema:vm:update",
      "urn:aetherv:schema:disk:update",
      "urn:aetherv:schema:nic:update",
    ]);
  });
});
