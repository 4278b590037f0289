import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { composeForm } from "./compose";
import { generateGuestConfig } from "./guest-config";
import { loadHostResourcesSchema, loadSchemas, SchemaFileError } from "./load";
import { splitRequest } from "./split";
import { SchemaValidators } from "./validate";

const SHIPPED = fileURLToPath(new URL("../../schemas", import.meta.url));

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "schemas-"));
  cpSync(SHIPPED, directory, { recursive: true });
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Sets what a JSON pointer names in a schema file; undefined removes it, `-` appends to a list. */
function edit(file: string, pointer: string, value: JsonValue | undefined): void {
  const path = join(directory, `${file}.schema.json`);
  const schema: JsonObject = JSON.parse(readFileSync(path, "utf8"));
  const tokens = pointer.split("/").slice(1);
  const last = tokens.pop() ?? "";
  const parent = tokens.reduce<JsonValue | undefined>((part, token) => Object(part)[token], schema);
  if (Array.isArray(parent)) parent.push(value ?? null);
  else if (!isJsonObject(parent)) throw new Error(`${file} has nothing at ${pointer}`);
  else if (value === undefined) delete parent[last];
  else parent[last] = value;
  writeFileSync(path, JSON.stringify(schema));
}

function mistakes(): readonly string[] {
  try {
    loadSchemas(directory);
  } catch (error) {
    if (error instanceof SchemaFileError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("loadSchemas", () => {
  it("takes the shipped files", () => {
    expect(mistakes()).toEqual([]);
    expect(loadHostResourcesSchema(directory).title).toBe("Host resources");
  });

  it("lets a field in a file be enough", () => {
    edit("disk", "/properties/block_size_mb", {
      type: "integer",
      title: "Block size",
      minimum: 1,
      "x-aetherv": { section: "disk", unit: "MB" },
    });
    edit("nic", "/properties/time_server", {
      type: "string",
      title: "Time server",
      "x-aetherv": { section: "network", guest: { kvp: "guest_v4_ntp" } },
    });
    const set = loadSchemas(directory);
    const validators = new SchemaValidators(set);
    const result = validators.validate("managed_deployment", {
      vm_name: "web01",
      os_family: "linux",
      target_host: "hv01",
      image_name: "debian",
      network: "prod",
      block_size_mb: 32,
      time_server: "10.0.0.9",
    });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(composeForm(set).properties).toHaveProperty("block_size_mb");
    expect(splitRequest(set, result.value).disk).toMatchObject({ block_size_mb: 32 });
    expect(splitRequest(set, result.value).nic).toEqual({ network: "prod" });
    expect(generateGuestConfig(set, result.value).get("guest_v4_ntp")).toBe("10.0.0.9");
    expect(validators.validate("disk", { block_size_mb: 0 })).toEqual({
      ok: false,
      problems: [{ pointer: "/block_size_mb", message: "Block size must be at least 1 MB." }],
    });
  });

  const REFUSED: [string, string, string, JsonValue | undefined, string][] = [
    [
      "a field of several values",
      "vm",
      "/properties/tags",
      { type: "array", title: "Tags", items: { type: "string" } },
      "vm.schema.json: field `tags`: a field is a text, a number or a boolean: requests are flat",
    ],
    [
      "a field of several forms",
      "vm",
      "/properties/owner",
      { type: "string", title: "Owner", oneOf: [{ const: "a" }, { const: "b" }] },
      "vm.schema.json: field `owner`: a field has one form: list its choices with `enum`",
    ],
    [
      "a name that stands in two schemas",
      "disk",
      "/properties/vm_name",
      { type: "string", title: "Again" },
      "disk.schema.json: field `vm_name`: this name is declared in the vm schema too",
    ],
    [
      "a name that one schema declares twice",
      "nic",
      "/allOf/0/else",
      { properties: { ip_address: { type: "string", title: "Again" } } },
      "nic.schema.json: field `ip_address`: this name is declared twice in this schema",
    ],
    [
      "a guest key with other characters",
      "vm",
      "/properties/domain/x-aetherv/guest/kvp",
      "Guest-Domain",
      "vm.schema.json: field `domain`: the guest key `Guest-Domain` has other characters than a-z, 0-9 and _",
    ],
    [
      "a guest key whose place depends on underscores",
      "nic",
      "/properties/mtu",
      {
        type: "integer",
        title: "MTU",
        "x-aetherv": { section: "network", guest: { kvp: "guestlist" } },
      },
      "change places when underscores are ignored",
    ],
    [
      "a guest key that two fields claim",
      "nic",
      "/properties/mtu",
      {
        type: "integer",
        title: "MTU",
        "x-aetherv": { section: "network", guest: { kvp: "guest_la_uid" } },
      },
      "nic.schema.json: field `mtu`: the guest key `guest_la_uid` belongs to `guest_la_uid`",
    ],
    [
      "an unknown key of x-aetherv",
      "vm",
      "/properties/gb_ram/x-aetherv/colour",
      "red",
      'vm.schema.json: field `gb_ram`: x-aetherv: Unrecognized key: "colour"',
    ],
    [
      "an unknown source of options",
      "nic",
      "/properties/network/x-aetherv/options",
      "host.netwroks",
      "nic.schema.json: field `network`: x-aetherv.options:",
    ],
    [
      "an unknown section",
      "vm",
      "/properties/gb_ram/x-aetherv/section",
      "garage",
      "vm.schema.json: field `gb_ram`: the managed deployment has no section `garage`",
    ],
    [
      "a keyword that AJV does not know",
      "vm",
      "/properties/gb_ram/minimun",
      1,
      'vm.schema.json: field `gb_ram`: not a valid JSON Schema: strict mode: unknown keyword: "minimun"',
    ],
    [
      "a value that AJV rejects",
      "disk",
      "/properties/size_gb/minimum",
      "one",
      "disk.schema.json: field `size_gb`: not a valid JSON Schema:",
    ],
    [
      "a pattern that is no regular expression",
      "vm",
      "/properties/vm_name/pattern",
      "[",
      "vm.schema.json: field `vm_name`: not a valid JSON Schema:",
    ],
    [
      "additionalProperties in a component",
      "disk",
      "/additionalProperties",
      false,
      "disk.schema.json: `additionalProperties` is not used here",
    ],
    [
      "unevaluatedProperties in a branch",
      "nic",
      "/allOf/0/then/unevaluatedProperties",
      false,
      "nic.schema.json: `unevaluatedProperties` is not used here",
    ],
    [
      "a reference",
      "vm",
      "/properties/domain/$ref",
      "#/properties/vm_name",
      "vm.schema.json: field `domain`: `$ref` is not used here: write the schema out",
    ],
    [
      "a requirement that the form does not mark",
      "managed-deployment",
      "/dependentRequired",
      { domain: ["domain_ou"] },
      "managed-deployment.schema.json: `dependentRequired` is not used here",
    ],
    [
      "a secret that the form would show",
      "vm",
      "/properties/guest_la_pw/format",
      undefined,
      'vm.schema.json: field `guest_la_pw`: a secret is a `string` with `"format": "password"`',
    ],
    [
      "a password that is not flagged",
      "vm",
      "/properties/guest_la_pw/x-aetherv/secret",
      undefined,
      "vm.schema.json: field `guest_la_pw`: a password must be flagged `secret`",
    ],
    [
      "a secret with a default",
      "vm",
      "/properties/guest_la_pw/default",
      "changeme",
      "vm.schema.json: field `guest_la_pw`: a secret has no default, no choices and no examples",
    ],
    [
      "a name that the API uses itself",
      "nic",
      "/properties/force",
      { type: "boolean", title: "Force" },
      "nic.schema.json: field `force`: this name is taken by the API",
    ],
    [
      "a name that every object has",
      "nic",
      "/properties/constructor",
      { type: "boolean", title: "Constructor" },
      "nic.schema.json: field `constructor`: every object has a member of this name: choose another",
    ],
    [
      "a field without a title",
      "disk",
      "/properties/size_gb/title",
      undefined,
      "disk.schema.json: field `size_gb`: a field needs a `title`",
    ],
    [
      "a field that the overlay declares",
      "managed-deployment",
      "/properties",
      { extra: { type: "string", title: "Extra" } },
      "managed-deployment.schema.json: field `extra`: fields are declared by the components",
    ],
    [
      "a rule about a field that does not exist",
      "managed-deployment",
      "/required/-",
      "image",
      "managed-deployment.schema.json: field `image`: a rule names this field, and no schema declares it",
    ],
    [
      "a rule that would admit a field without its condition",
      "managed-deployment",
      "/allOf/0/then/properties",
      { dns_server: { minLength: 7 } },
      "managed-deployment.schema.json: field `dns_server`: this field stands under a condition",
    ],
    [
      "components in another order",
      "managed-deployment",
      "/x-aetherv/components",
      ["disk", "vm", "nic"],
      "managed-deployment.schema.json: x-aetherv.components.0:",
    ],
    [
      "another dialect",
      "vm",
      "/$schema",
      "http://json-schema.org/draft-07/schema#",
      "vm.schema.json: `$schema` must name JSON Schema 2020-12",
    ],
    ["a file without a version", "nic", "/version", undefined, "nic.schema.json: `version` must be a text"],
  ];

  it.each(REFUSED)("refuses %s", (_what, file, pointer, value, message) => {
    edit(file, pointer, value);
    expect(mistakes().join("\n")).toContain(message);
  });

  it("names a file that is missing, or is not JSON", () => {
    writeFileSync(join(directory, "disk.schema.json"), "{");
    expect(mistakes().join()).toContain("disk.schema.json: is not JSON");
    rmSync(join(directory, "disk.schema.json"));
    expect(mistakes().join()).toContain("disk.schema.json: cannot be read from");
  });
});
