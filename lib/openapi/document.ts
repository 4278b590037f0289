import type { JsonObject } from "@/lib/domain/json";
import type { SchemaValidators } from "@/lib/schema/validate";
import { type Answer, type ApiOperation, type BodySource, TAGS } from "./api-operation";
import { bodyExample } from "./body-example";
import { OPERATIONS } from "./operations";
import { headerParameters, jsonSchemaOf, parametersOf } from "./parameters";
import { problemExamples, problemResponses } from "./problems";
import { viewExamples } from "./view-examples";
import { type ViewName, viewSchemas } from "./views";

/** The bodies that are made from the schema files, by the names of their schemas in the document. */
const BODIES: Readonly<Record<string, Exclude<BodySource, { fields: unknown }>>> = {
  ManagedDeploymentRequest: { target: "managed_deployment" },
  VmSpec: { target: "vm" },
  VmChanges: { update: "vm" },
  DiskSpec: { target: "disk" },
  DiskChanges: { update: "disk" },
  NicSpec: { target: "nic" },
  NicChanges: { update: "nic" },
  InitializationRequest: { target: "initialization" },
};

/** Of the API under `/api/v1`: its last part grows with what is added. */
const VERSION = "1.0.0";

type Validators = Pick<SchemaValidators, "schema" | "updateSchema">;

const DESCRIPTION = `Virtual machines on Hyper-V hosts. What is answered is what the hosts last said, with its age.

A change starts a job and is answered at once, with 202 and the job's address: follow the job to its end. With \`validate_only=true\` a change is checked and not made.

A refusal is a problem document (RFC 9457): \`code\` is stable and for scripts, \`detail\` and \`next\` are for people, \`errors\` names the fields that are to blame. What an answer gains later is no break: pass over members that you do not know. A method that an address does not take is answered with \`method_not_allowed\`, any other address with \`not_found\`.

Examples for curl and PowerShell stand in \`docs/scripting.md\`, among AetherV's sources; each page that submits something shows the same request for both.`;

/**
 * The API as an OpenAPI 3.1 document, from what the API itself works by: the composed schemas of `schemas/`, the
 * zod objects that read queries, the views of what is answered, and the catalogue of problems.
 */
export function openApiDocument(validators: Validators): JsonObject {
  const schemas = Object.fromEntries(
    Object.entries(BODIES).map(([name, source]) => [name, embedded(schemaOf(source, validators))]),
  );
  return {
    openapi: "3.1.1",
    info: { title: "AetherV", version: VERSION, description: DESCRIPTION },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: "/api/v1" }],
    tags: Object.entries(TAGS).map(([name, { title, description }]) => ({
      name,
      description,
      "x-title": title,
    })),
    paths: pathsOf(OPERATIONS, schemas),
    components: {
      schemas: { ...viewSchemas(), ...schemas },
      examples: problemExamples(),
      parameters: headerParameters(),
      headers: {
        "X-Request-Id": {
          description: "The request's id, as the server's log has it.",
          required: true,
          schema: { type: "string" },
        },
        ETag: {
          description: "Tag of this answer, for `If-None-Match`.",
          required: true,
          schema: { type: "string" },
        },
        Location: {
          description: "Where to go on: the address of the job, or of the page.",
          required: true,
          schema: { type: "string", format: "uri-reference" },
        },
        "Retry-After": {
          description: "Seconds after which it may be worth asking again.",
          schema: { type: "integer", minimum: 1 },
        },
      },
    },
  };
}

function pathsOf(
  operations: readonly ApiOperation[],
  bodies: Readonly<Record<string, JsonObject>>,
): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method.toLowerCase()] = operationObject(operation, bodies);
    paths[operation.path] = methods;
  }
  return paths;
}

function operationObject(operation: ApiOperation, bodies: Readonly<Record<string, JsonObject>>): JsonObject {
  const { id, tag, summary, description, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: requestBody(body, bodies) }),
    responses: { ...answersOf(operation.answers), ...problemResponses(operation) },
  };
}

function requestBody(body: BodySource, bodies: Readonly<Record<string, JsonObject>>): JsonObject {
  if ("fields" in body) {
    const content = { schema: jsonSchemaOf(body.fields), example: { ...body.example } };
    return { required: body.optional !== true, content: { "application/json": content } };
  }
  const name = nameOf(body);
  const example = bodyExample(bodies[name] ?? {});
  const content = {
    schema: { $ref: `#/components/schemas/${name}` },
    ...(example === null ? {} : { example }),
  };
  return { required: true, content: { "application/json": content } };
}

function schemaOf(source: (typeof BODIES)[string], validators: Validators): JsonObject {
  return "target" in source ? validators.schema(source.target) : validators.updateSchema(source.update);
}

function nameOf(source: (typeof BODIES)[string]): string {
  const wanted = JSON.stringify(source);
  const [name] = Object.entries(BODIES).find(([, body]) => JSON.stringify(body) === wanted) ?? [];
  if (name === undefined) throw new Error(`BODIES does not name ${wanted}.`);
  return name;
}

function answersOf(answers: readonly Answer[]): JsonObject {
  return Object.fromEntries(answers.map((answer) => [String(answer.status), answerObject(answer)]));
}

function answerObject({ description, view, headers = [], otherMedia }: Answer): JsonObject {
  // What does not come as JSON has no tag: it never changes.
  const own = otherMedia === undefined ? headers : [];
  const named = ["X-Request-Id", ...own].map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  const content: JsonObject =
    view === undefined
      ? {}
      : {
          content: {
            "application/json": {
              schema: { $ref: `#/components/schemas/${view}` },
              ...exampleOf(view),
            },
            ...(otherMedia === undefined ? {} : { [otherMedia]: { schema: { type: "string" } } }),
          },
        };
  return { description, headers: Object.fromEntries(named), ...content };
}

function exampleOf(view: ViewName): JsonObject {
  const example = viewExamples[view];
  return example === undefined ? {} : { example };
}

/** Within the document a schema is found by its place: an `$id` of its own would move what it refers to. */
function embedded({ $schema: _, $id: __, ...schema }: JsonObject): JsonObject {
  return schema;
}
