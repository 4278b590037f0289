import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { ERROR_CATALOGUE } from "@/lib/domain/error-codes";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { loadSchemas } from "@/lib/schema/load";
import { SchemaValidators } from "@/lib/schema/validate";
import { openApiDocument } from "./document";

const documentOf = (folder: string) => openApiDocument(new SchemaValidators(loadSchemas(folder)));
const document = documentOf("schemas");

interface Example {
  /** Where it stands in the document. */
  place: string;
  schema: string;
  value: JsonValue;
}

/** Every `example`, and every one of `examples`, beside a `schema`. */
function examplesIn(node: JsonValue, place: string): Example[] {
  if (typeof node !== "object" || node === null) return [];
  const own: Example[] = [];
  if (isJsonObject(node) && isJsonObject(node.schema)) {
    const schema = `document#${place}/schema`;
    if (node.example !== undefined) own.push({ place, schema, value: node.example });
    const named = isJsonObject(node.examples) ? Object.keys(node.examples) : [];
    for (const name of named) own.push({ place: `${place} ${name}`, schema, value: exampleNamed(name) });
  }
  const inside = Object.entries(node).flatMap(([key, inner]) =>
    examplesIn(inner, `${place}/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`),
  );
  return [...own, ...inside];
}

function exampleNamed(name: string): JsonValue {
  const { components } = document as { components: { examples: Record<string, { value: JsonValue }> } };
  return components.examples[name]?.value ?? null;
}

describe("the API's document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it.each(["schemas", "tests/support/other-schemas"])(
    "gives only examples that its own schemas let through, over %s",
    (folder) => {
      const described = documentOf(folder);
      const ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats(ajv);
      ajv.addSchema(described, "document");
      const examples = examplesIn(described, "");
      expect(examples.length).toBeGreaterThan(100);
      const flaws = examples.flatMap(({ place, schema, value }) => {
        const check = ajv.getSchema(schema);
        if (check === undefined) return [`${place}: there is no ${schema}`];
        return check(value) ? [] : [`${place}: ${ajv.errorsText(check.errors)}`];
      });
      expect(flaws).toEqual([]);
    },
  );

  it("has an example of every body", () => {
    const bodies = examplesIn(document, "").filter(({ place }) => place.includes("/requestBody/"));
    const described = JSON.stringify(document).match(/"requestBody":/g) ?? [];
    expect(bodies.length).toBe(described.length);
  });

  it("names every code of the catalogue, with an example", () => {
    const { components } = document as { components: { examples: JsonObject; schemas: JsonObject } };
    expect(Object.keys(components.examples)).toEqual(Object.keys(ERROR_CATALOGUE));
    expect(components.schemas.ProblemCode).toMatchObject({ enum: Object.keys(ERROR_CATALOGUE) });
  });

  it("gives every operation a name of its own", () => {
    const operations = Object.values((document as { paths: JsonObject }).paths).flatMap((path) =>
      Object.values(path as JsonObject),
    );
    const ids = operations.map((operation) => (operation as JsonObject).operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
