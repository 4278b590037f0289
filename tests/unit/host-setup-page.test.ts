import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { hostEntrySchema } from "@/lib/config/host-schema";
import { ERROR_CATALOGUE } from "@/lib/domain/error-codes";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const PAGE = read("docs/host-setup.md");
const FILES = [...PAGE.matchAll(/^```json\n(.*?)^```/gms)].map(([, text = ""]) => JSON.parse(text));

describe("docs/host-setup.md", () => {
  it("shows a host resources file that its schema takes, and that has every member of it", () => {
    const file = FILES.find((content) => content.schema_name === "hostresources");
    const schema = JSON.parse(read("schemas/host-resources.schema.json"));
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
    validate(file);
    expect(validate.errors).toBeNull();
    expect([...membersOf(file)].sort()).toEqual([...propertiesOf(schema)].sort());
  });

  it("shows a host as the configuration takes it", () => {
    const { hosts } = FILES.find((content) => content.hosts !== undefined);
    expect(hosts.map((entry: unknown) => hostEntrySchema.safeParse(entry).error)).toEqual([undefined]);
  });

  it("names only error codes that exist", () => {
    const named = PAGE.matchAll(/`(host_[a-z_]+|agent_failed)`/g);
    expect([...named].map(([, code = ""]) => code).filter((code) => !(code in ERROR_CATALOGUE))).toEqual([]);
  });
});

/** Names of all members at any depth. */
function membersOf(value: unknown): Set<string> {
  if (typeof value !== "object" || value === null) return new Set();
  const inner = Object.values(value).flatMap((member) => [...membersOf(member)]);
  return new Set([...(Array.isArray(value) ? [] : Object.keys(value)), ...inner]);
}

/** Names that a schema describes, at any depth. */
function propertiesOf(schema: { properties?: object; items?: object }): Set<string> {
  const properties = Object.entries(schema.properties ?? {});
  const inner = [...properties.map(([, property]) => property), ...(schema.items ? [schema.items] : [])];
  return new Set([...properties.map(([name]) => name), ...inner.flatMap((part) => [...propertiesOf(part)])]);
}
