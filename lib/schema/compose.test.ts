import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { Secret } from "@/lib/domain/secret";
import { composeForm, composeInitialization, formSections, hardwareSchema } from "./compose";
import { generateGuestConfig } from "./guest-config";
import { loadSchemas } from "./load";
import { declaredFields, propertiesOf } from "./schema-set";
import { splitRequest } from "./split";

const SCHEMAS = fileURLToPath(new URL("../../schemas", import.meta.url));
const set = loadSchemas(SCHEMAS);

function names(schema: JsonObject): string[] {
  return declaredFields(schema).map(({ name }) => name);
}

function count(value: JsonValue, keyword: string): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + count(item, keyword), 0);
  if (!isJsonObject(value)) return 0;
  const inside = Object.values(value).reduce<number>((sum, item) => sum + count(item, keyword), 0);
  return inside + (keyword in value ? 1 : 0);
}

describe("the shipped schemas", () => {
  it("keep hardware and guest apart as the component APIs promise", () => {
    expect(names(hardwareSchema(set, "vm"))).toEqual([
      "vm_name",
      "os_family",
      "target_host",
      "cpu_cores",
      "gb_ram",
      "cluster_preference",
    ]);
    expect(names(hardwareSchema(set, "disk"))).toEqual([
      "image_name",
      "size_gb",
      "storage_type",
      "storage_class",
    ]);
    expect(names(hardwareSchema(set, "nic"))).toEqual(["network", "adapter_name", "mac_address"]);
    expect(names(composeInitialization(set)).sort()).toEqual(
      [
        "os_family",
        "guest_la_uid",
        "guest_la_pw",
        "domain",
        "domain_ou",
        "join_account",
        "join_password",
        "ansible_ssh_user",
        "ansible_ssh_key",
        "ip_behavior",
        "ip_address",
        "prefix_length",
        "gateway",
        "dns_server",
        "dns_server_2",
        "dns_suffix",
        "force",
      ].sort(),
    );
  });

  it("tell the guest under exactly the names that existing guests know", () => {
    const keys = ["vm", "disk", "nic"] as const;
    const kvp = keys.flatMap((key) => declaredFields(set[key]).flatMap(({ meta }) => meta.guest?.kvp ?? []));
    expect(kvp.sort()).toEqual([
      "ansible_ssh_key",
      "ansible_ssh_user",
      "guest_domain_join_ou",
      "guest_domain_join_pw",
      "guest_domain_join_target",
      "guest_domain_join_uid",
      "guest_host_name",
      "guest_la_pw",
      "guest_la_uid",
      "guest_net_dns_suffix",
      "guest_v4_cidr_prefix",
      "guest_v4_default_gw",
      "guest_v4_dns1",
      "guest_v4_dns2",
      "guest_v4_ip_addr",
    ]);
  });

  it("explain every field and give it a section", () => {
    const sections = formSections(composeForm(set)).map(({ name }) => name);
    for (const { name, schema, meta } of declaredFields(composeForm(set))) {
      expect(schema, name).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      expect(sections, name).toContain(meta.section);
    }
  });
});

describe("composeForm", () => {
  const form = composeForm(set);

  it("gives the same bytes for the same files", () => {
    expect(JSON.stringify(composeForm(loadSchemas(SCHEMAS)))).toBe(JSON.stringify(form));
  });

  it("leaves the schemas as they are", () => {
    const before = JSON.stringify(set);
    composeForm(set);
    composeInitialization(set);
    hardwareSchema(set, "nic");
    expect(JSON.stringify(set)).toBe(before);
  });

  it("refuses unknown fields at the root, and only there", () => {
    expect(form.unevaluatedProperties).toBe(false);
    expect(count(form, "unevaluatedProperties")).toBe(1);
    expect(count(form, "additionalProperties")).toBe(0);
  });

  it("orders the fields by the sections", () => {
    const sections = formSections(form).map(({ name }) => name);
    const places = propertiesOf(form).map(([name]) => {
      const field = declaredFields(form).find((candidate) => candidate.name === name);
      return sections.indexOf(field?.meta.section ?? "");
    });
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });
});

describe("hardwareSchema", () => {
  it("drops the rules that speak of guest fields", () => {
    expect(hardwareSchema(set, "nic").allOf).toBeUndefined();
  });
});

describe("composeInitialization", () => {
  const schema = composeInitialization(set);

  it("keeps the rules between guest fields and drops those that need the hardware", () => {
    const text = JSON.stringify(schema.allOf);
    expect(text).toContain("join_password");
    expect(text).not.toContain("vm_name");
    expect(text).not.toContain("image_name");
    expect(schema.required).toEqual(["os_family"]);
  });
});

describe("splitRequest", () => {
  it("gives every field to those that want it and leaves absent ones absent", () => {
    const secret = new Secret("s3cret");
    const parts = splitRequest(set, {
      vm_name: "web01",
      os_family: "linux",
      size_gb: 20,
      network: "prod",
      ip_behavior: "static",
      ip_address: "10.0.0.5",
      guest_la_pw: secret,
    });
    expect(parts).toEqual({
      vm: { vm_name: "web01", os_family: "linux" },
      disk: { size_gb: 20 },
      nic: { network: "prod" },
      guest: { os_family: "linux", ip_behavior: "static", ip_address: "10.0.0.5", guest_la_pw: secret },
    });
  });

  it("takes nothing from the object's prototype", () => {
    const request = Object.create({ vm_name: "inherited" });
    expect(splitRequest(set, request).vm).toEqual({});
  });
});

describe("generateGuestConfig", () => {
  it("leaves out what is absent or blank, turns numbers into text, and sorts by name", () => {
    const config = generateGuestConfig(set, {
      vm_name: "web01",
      os_family: "windows",
      ip_behavior: "static",
      ip_address: "10.0.0.5",
      prefix_length: 24,
      gateway: "",
      dns_suffix: "   ",
      domain: null,
      guest_la_uid: "admin",
      guest_la_pw: new Secret("s3cret"),
    });
    expect([...config.keys()]).toEqual([
      "guest_host_name",
      "guest_la_pw",
      "guest_la_uid",
      "guest_v4_cidr_prefix",
      "guest_v4_ip_addr",
    ]);
    expect(config.get("guest_host_name")).toBe("web01");
    expect(config.get("guest_v4_cidr_prefix")).toBe("24");
    expect(config.get("guest_la_pw")).toBeInstanceOf(Secret);
    expect(JSON.stringify([...config])).not.toContain("s3cret");
  });
});

describe("what runs in the browser too", () => {
  const ISOMORPHIC = [
    "compose",
    "split",
    "guest-config",
    "form-errors",
    "text-rules",
    "form-validator-helpers",
  ];

  it("imports nothing of Node, and neither AJV's compiler nor zod", () => {
    const seen = new Set<string>();
    const visit = (file: string): string[] => {
      if (seen.has(file)) return [];
      seen.add(file);
      const text = readFileSync(file, "utf8");
      return [...text.matchAll(/from "([^"]+)"/g)].flatMap(([, name = ""]) =>
        name.startsWith("./") ? visit(join(dirname(file), `${name}.ts`)) : [name],
      );
    };
    const here = dirname(fileURLToPath(import.meta.url));
    const imports = ISOMORPHIC.flatMap((name) => visit(join(here, `${name}.ts`)));
    const foreign = imports.filter((name) => !name.startsWith("@/lib/domain/"));
    expect(foreign.sort()).toEqual([
      "ajv-formats/dist/formats.js",
      "ajv/dist/runtime/equal.js",
      "ajv/dist/runtime/ucs2length.js",
    ]);
  });
});
