import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { loadSchemas } from "./load";
import { declaredFields } from "./schema-set";
import { SchemaValidators, VALIDATION_TARGETS } from "./validate";

const set = loadSchemas(fileURLToPath(new URL("../../schemas", import.meta.url)));
const validators = new SchemaValidators(set);

const LINUX: JsonObject = {
  vm_name: "web01",
  os_family: "linux",
  target_host: "hv01",
  image_name: "debian-12",
  network: "prod",
};

function problems(body: JsonObject): Record<string, string> {
  const result = validators.validate("managed_deployment", body);
  return result.ok
    ? {}
    : Object.fromEntries(result.problems.map(({ pointer, message }) => [pointer, message]));
}

describe("bodies that are not requests", () => {
  it("refuses names that every object has, and leaves prototypes alone", () => {
    for (const name of ["__proto__", ...Object.getOwnPropertyNames(Object.prototype)]) {
      const body = JSON.parse(`{"${name}": {"polluted": true}}`);
      expect(problems({ ...LINUX, ...body })).toEqual({
        [`/${name}`]: "There is no such field: leave it out.",
      });
    }
    expect("polluted" in {}).toBe(false);
  });

  it("refuses values that hold others, width and names that are none, with one problem each", () => {
    expect(problems({ ...LINUX, vm_name: [[{ constructor: {} }]] })).toEqual({
      "/vm_name": "Name must be a text.",
    });
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field_${n}`, n]));
    expect(problems(wide)).toEqual({ "": "Send at most 256 fields." });
    expect(Object.keys(problems({ ["x".repeat(500)]: 1, "a\u0000b": 2 }))).toEqual([""]);
  });

  it("points at names with slashes and tildes", () => {
    expect(Object.keys(problems({ ...LINUX, "a/b~c": 1 }))).toEqual(["/a~1b~0c"]);
  });

  it.each([
    ["NUL", "a\u0000b", "control characters"],
    ["a newline", "a\nb", "control characters"],
    ["a line separator", "a\u2028b", "control characters"],
    ["a C1 control", "a\u0085b", "control characters"],
    ["a lone surrogate", "a\ud800b", "broken character"],
    ["a bidi override", "a\u202eb", "direction of the text"],
  ])("refuses %s in every text field", (_what, text, reason) => {
    const texts = declaredFields(validators.schema("managed_deployment")).filter(
      ({ schema }) => schema.type === "string",
    );
    for (const { name } of texts) expect(problems({ ...LINUX, [name]: text })[`/${name}`]).toContain(reason);
  });

  it("reports no more than fifty problems", () => {
    const body = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`field_${n}`, n]));
    const result = validators.validate("managed_deployment", body);
    expect(result.ok ? 0 : result.problems.length).toBe(50);
  });

  it("answers, whatever it gets", () => {
    const seed = Date.now() % 2 ** 31;
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(...VALIDATION_TARGETS),
        (body, target) => {
          const result = validators.validate(target, body as JsonObject);
          if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
        },
      ),
      { seed, numRuns: 500 },
    );
  });
});
