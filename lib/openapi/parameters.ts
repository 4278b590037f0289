import { z } from "zod";
import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import { stringsOf } from "@/lib/schema/schema-set";
import type { ApiOperation } from "./api-operation";

/** What stands in braces in the paths. */
const PATH_PARAMETERS: Readonly<Record<string, { description: string; example: string }>> = {
  vm_id: { description: "The VM's GUID.", example: "6f0a4b0e-4c1d-4c46-9d0b-0c7f5a3f2d11" },
  disk_id: {
    description: "The VHDX file's own identifier.",
    example: "0b9d3c1e-77f4-4a35-8a30-5a2d6b7c8d90",
  },
  nic_id: { description: "The adapter's id.", example: "Microsoft:6F0A4B0E\\1" },
  job_id: { description: "It names the run of the server that the job belongs to.", example: "1c9f-5d0e" },
  deployment_id: {
    description: "As `GET /managed-deployments/unfinished` gives it: the id that the deployment's job had.",
    example: "6ba1f2c4-9d3e5a7b1c2d4e6f",
  },
  name: { description: "Its name, whatever its case.", example: "hv01" },
};

const HEADER_PARAMETERS = {
  "Idempotency-Key": {
    description:
      "1 to 255 visible ASCII characters. Within one run of the server the same key and request give the same job: whoever got no answer sends it again.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
  },
  "If-Match": {
    description:
      "The `ETag` that a read of what is changed gave. If it was changed by somebody else meanwhile: `vm_changed`, now or as the job's end, and nothing is changed.",
    schema: { type: "string" },
  },
  "If-None-Match": {
    description: "The `ETag` of an earlier answer: 304 without a body while nothing has changed.",
    schema: { type: "string" },
  },
} as const satisfies Record<ApiOperation["headers"][number], JsonObject>;

/** `components.parameters`: the headers, which many operations take. */
export function headerParameters(): JsonObject {
  return Object.fromEntries(
    Object.entries(HEADER_PARAMETERS).map(([name, parameter]) => [
      name,
      { name, in: "header", required: false, ...parameter },
    ]),
  );
}

/** All parameters of an operation: of its path, of its query, and the headers. */
export function parametersOf({ path, query, headers }: ApiOperation): JsonObject[] {
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => pathParameter(name)),
    ...queryParameters(query),
    ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function pathParameter(name: string): JsonObject {
  const known = PATH_PARAMETERS[name];
  if (known === undefined) throw new Error(`PATH_PARAMETERS does not say what {${name}} is.`);
  return { name, in: "path", required: true, ...known, schema: { type: "string" } };
}

function queryParameters(query: z.ZodType): JsonObject[] {
  const { properties, required } = jsonSchemaOf(query);
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isJsonObject(property)) return [];
    const { description = "", parameter, ...own } = property;
    const schema = isJsonObject(parameter) ? parameter : own;
    return {
      name,
      in: "query",
      required: stringsOf(required).includes(name),
      description,
      ...(schema.type === "array" ? { style: "form", explode: false } : {}),
      schema,
    };
  });
}

/** What a zod schema takes, as JSON Schema 2020-12. */
export function jsonSchemaOf(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return JSON.parse(JSON.stringify(rest));
}
