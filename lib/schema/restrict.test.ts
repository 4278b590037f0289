import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { restrictSchema } from "./restrict";

const keep = (name: string) => name.startsWith("kept");

/** As text, for a schema is data: an object literal with `then` looks like a promise to linters. */
function restricted(text: string): JsonObject {
  const schema: JsonObject = JSON.parse(text);
  const result = restrictSchema(schema, keep);
  expect(JSON.stringify(schema)).toBe(JSON.stringify(JSON.parse(text)));
  return result;
}

describe("restrictSchema", () => {
  it("drops properties and requirements of other fields", () => {
    expect(restricted('{"title":"T","properties":{"kept":{},"gone":{}},"required":["gone","kept"]}')).toEqual(
      {
        title: "T",
        properties: { kept: {} },
        required: ["kept"],
      },
    );
    expect(restricted('{"properties":{"gone":{}},"required":["gone"]}')).toEqual({});
  });

  it.each([
    ["its `if` asks about another field", '{"if":{"required":["gone"]},"then":{"required":["kept"]}}'],
    [
      "another field hides in an anyOf",
      '{"if":{"anyOf":[{"required":["gone"]}]},"then":{"required":["kept"]}}',
    ],
    ["its consequence is about others", '{"if":{"required":["kept"]},"then":{"required":["gone"]}}'],
    ["only a message is left", '{"required":["gone"],"x-aetherv":{"message":"M"}}'],
    ["it cannot be divided", '{"anyOf":[{"required":["gone"]},{"required":["kept"]}]}'],
    ["it forbids another field", '{"not":{"required":["gone","kept"]}}'],
  ])("drops a rule when %s", (_why, rule) => {
    expect(restricted(`{"allOf":[${rule}]}`)).toEqual({});
  });

  it("keeps what remains true of a rule", () => {
    const rule =
      '{"if":{"required":["kept"]},"then":{"required":["gone"]},"else":{"required":["gone","kept_too"]}}';
    expect(restricted(`{"allOf":[${rule}]}`)).toEqual({
      allOf: [{ if: { required: ["kept"] }, else: { required: ["kept_too"] } }],
    });
  });
});
