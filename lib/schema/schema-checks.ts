import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { formSections } from "./compose";
import { FieldExtension, issuesOf, OverlayExtension, RuleExtension } from "./extension-shape";
import { mentionedFields } from "./restrict";
import {
  declaredFields,
  type Field,
  isDeclaration,
  isJsonObject,
  objectsOf,
  propertiesOf,
  SCHEMA_COMPONENTS,
  type SchemaSet,
  textOf,
} from "./schema-set";

/** A mistake in a schema file, and the field it is about; `field` is null for the file as a whole. */
export interface SchemaMistake {
  file: keyof SchemaSet;
  field: string | null;
  message: string;
}

/** Names that the API and the agents' protocol use beside the fields. */
const RESERVED_NAMES = new Set(["vm_id", "force", "__proto__", "constructor", "prototype"]);

/** Keywords that would reject what another schema declares, or that the browser's form does not follow. */
const REFUSED_KEYWORDS: Readonly<Record<string, string>> = {
  additionalProperties: "unknown fields are refused at the composed root; remove it",
  unevaluatedProperties: "unknown fields are refused at the composed root; remove it",
  patternProperties: "fields are declared one by one under `properties`",
  $ref: "write the schema out where it is used",
  $dynamicRef: "write the schema out where it is used",
  $defs: "write the schema out where it is used",
  dependentSchemas: "the form does not show it; use `if` and `then`",
  dependentRequired: "the form does not mark it; use `if` and `then`",
};

/** Everything that must hold for a schema set before the server starts with it. */
export function checkSchemaSet(set: SchemaSet): SchemaMistake[] {
  const files = [...SCHEMA_COMPONENTS, "overlay"] as const;
  const own = files.flatMap((file) =>
    [...metadataMistakes(set[file]), ...shapeMistakes(set[file]), ...compileMistakes(set[file])].map(
      (mistake) => ({ file, ...mistake }),
    ),
  );
  const fields = SCHEMA_COMPONENTS.flatMap((file) =>
    declaredFields(set[file]).map((field) => ({ file, field })),
  );
  return [
    ...own,
    ...fields.flatMap(({ file, field }) =>
      fieldMistakes(field, set).map((message) => ({ file, field: field.name, message })),
    ),
    ...uniqueMistakes(fields),
    ...keyMistakes(fields),
    ...overlayMistakes(set),
    ...files.flatMap((file) => ruleMistakes(set, file)),
  ];
}

type Mistake = Omit<SchemaMistake, "file">;
type PlacedField = { file: SchemaMistake["file"]; field: Field };

function metadataMistakes(schema: JsonObject): Mistake[] {
  const missing = ["$id", "title", "version"].filter((keyword) => textOf(schema, keyword) === "");
  const mistakes = missing.map((keyword) => ({ field: null, message: `\`${keyword}\` must be a text` }));
  if (schema.$schema !== "https://json-schema.org/draft/2020-12/schema") {
    mistakes.push({ field: null, message: "`$schema` must name JSON Schema 2020-12" });
  }
  if (schema.type !== "object") mistakes.push({ field: null, message: '`type` must be "object"' });
  return mistakes;
}

/** Keywords that are refused wherever they stand, and the shape of every `x-aetherv` but the root's. */
function shapeMistakes(schema: JsonObject): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(schema, null, (part, field, declared) => {
    for (const [keyword, reason] of Object.entries(REFUSED_KEYWORDS)) {
      if (keyword in part) mistakes.push({ field, message: `\`${keyword}\` is not used here: ${reason}` });
    }
    if (part === schema || part["x-aetherv"] === undefined) return;
    const shape = declared ? FieldExtension : RuleExtension;
    mistakes.push(...issuesOf(shape, part["x-aetherv"]).map((message) => ({ field, message })));
  });
  return mistakes;
}

function visit(
  schema: JsonObject,
  field: string | null,
  see: (part: JsonObject, field: string | null, declared: boolean) => void,
): void {
  see(schema, field, field !== null && isDeclaration(schema));
  for (const [name, property] of propertiesOf(schema)) visit(property, field ?? name, see);
  const nested = [schema.if, schema.then, schema.else, schema.not, schema.items].filter(isJsonObject);
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(objectsOf);
  for (const part of [...nested, ...lists]) visit(part, field, see);
}

/** AJV's own opinion in strict mode: unknown keywords, bad patterns, unknown formats. */
function compileMistakes(schema: JsonObject): Mistake[] {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary(["x-aetherv", "version"]);
  try {
    ajv.compile(schema);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ field: blamedField(schema, message), message: `not a valid JSON Schema: ${message}` }];
  }
}

/** The first field whose own schema AJV rejects by itself, so that the message can name it. */
function blamedField(schema: JsonObject, message: string): string | null {
  const named = declaredFields(schema).find(({ name }) => message.includes(`/properties/${name}`));
  if (named) return named.name;
  const ajv = new Ajv2020({ strict: true, strictTypes: false });
  addFormats(ajv);
  ajv.addVocabulary(["x-aetherv"]);
  const broken = declaredFields(schema).find((field) => {
    try {
      ajv.compile(field.schema);
      return false;
    } catch {
      return true;
    }
  });
  return broken?.name ?? null;
}

function fieldMistakes({ name, schema, meta }: Field, set: SchemaSet): string[] {
  const mistakes: string[] = [];
  if (!/^[a-z][a-z0-9_]*$/.test(name)) mistakes.push("a field's name has a-z, 0-9 and _ only");
  if (RESERVED_NAMES.has(name)) mistakes.push("this name is taken by the API");
  if (textOf(schema, "title") === "") mistakes.push("a field needs a `title`");
  if (meta.section !== null && !formSections(set.overlay).some((section) => section.name === meta.section)) {
    mistakes.push(`the managed deployment has no section \`${meta.section}\``);
  }
  if (meta.secret && (schema.type !== "string" || schema.format !== "password")) {
    mistakes.push('a secret is a `string` with `"format": "password"`');
  }
  if (!meta.secret && schema.format === "password") mistakes.push("a password must be flagged `secret`");
  if (meta.secret && ["default", "enum", "const", "examples"].some((keyword) => keyword in schema)) {
    mistakes.push("a secret has no default, no choices and no examples");
  }
  if (meta.guest !== null && !["string", "integer", "number", "boolean"].includes(textOf(schema, "type"))) {
    mistakes.push("a guest field is a text, a number or a boolean");
  }
  if (Object.keys(meta.labels).some((value) => !enumOf(schema).includes(value))) {
    mistakes.push("`labels` names a value that `enum` does not have");
  }
  return mistakes;
}

function enumOf(schema: JsonObject): JsonValue[] {
  return Array.isArray(schema.enum) ? schema.enum : [];
}

function uniqueMistakes(fields: PlacedField[]): SchemaMistake[] {
  const first = new Map<string, string>();
  return fields.flatMap(({ file, field }) => {
    const earlier = first.get(field.name);
    first.set(field.name, earlier ?? file);
    if (earlier === undefined) return [];
    const where = earlier === file ? "twice in this schema" : `in the ${earlier} schema too`;
    return [{ file, field: field.name, message: `this name is declared ${where}` }];
  });
}

/**
 * KVP names are checksummed in sorted order, and guests sort by locale or culture, which may pass over
 * underscores: a name whose place depends on that would break the checksum.
 */
function keyMistakes(fields: PlacedField[]): SchemaMistake[] {
  const keyed = fields.flatMap(({ file, field }) => {
    const kvp = field.meta.guest?.kvp;
    return typeof kvp === "string" ? [{ file, field: field.name, kvp }] : [];
  });
  const mistakes: SchemaMistake[] = [];
  for (const [index, { file, field, kvp }] of keyed.entries()) {
    if (!/^[a-z0-9_]+$/.test(kvp)) {
      mistakes.push({
        file,
        field,
        message: `the guest key \`${kvp}\` has other characters than a-z, 0-9 and _`,
      });
    }
    for (const other of keyed.slice(0, index)) {
      if (kvp === other.kvp) {
        mistakes.push({ file, field, message: `the guest key \`${kvp}\` belongs to \`${other.field}\`` });
      } else if (order(kvp, other.kvp) !== order(kvp.replaceAll("_", ""), other.kvp.replaceAll("_", ""))) {
        const message = `the guest keys \`${kvp}\` and \`${other.kvp}\` change places when underscores are ignored`;
        mistakes.push({ file, field, message });
      }
    }
  }
  return mistakes;
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function overlayMistakes({ overlay }: SchemaSet): SchemaMistake[] {
  const file = "overlay";
  const shape = issuesOf(OverlayExtension, overlay["x-aetherv"]);
  return [
    ...shape.map((message) => ({ file, field: null, message }) as const),
    ...declaredFields(overlay).map(
      ({ name }) =>
        ({
          file,
          field: name,
          message: "fields are declared by the components; a rule has no `type`",
        }) as const,
    ),
  ];
}

function ruleMistakes(set: SchemaSet, file: SchemaMistake["file"]): SchemaMistake[] {
  const scope = file === "overlay" ? SCHEMA_COMPONENTS.map((component) => set[component]) : [set[file]];
  const fields = new Map(scope.flatMap(declaredFields).map((field) => [field.name, field]));
  const unknown = new Set(mentionedFields(set[file]).filter((name) => !fields.has(name)));
  const admitted = constrainedFields(set[file]).filter((name) => fields.get(name)?.conditional === true);
  return [
    ...[...unknown].map((field) => ({
      file,
      field,
      message: "a rule names this field, and no schema declares it",
    })),
    ...new Set(admitted),
  ].map((mistake) =>
    typeof mistake === "string"
      ? {
          file,
          field: mistake,
          message:
            "this field stands under a condition: a rule that lists it under `properties` would admit it without that condition",
        }
      : mistake,
  );
}

/** Fields that a rule constrains under `properties`, outside their own declaration. */
function constrainedFields(schema: JsonObject): string[] {
  const nested = [schema.if, schema.then, schema.else].filter(isJsonObject);
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(objectsOf);
  return [
    ...propertiesOf(schema)
      .filter(([, property]) => !isDeclaration(property))
      .map(([name]) => name),
    ...[...nested, ...lists].flatMap(constrainedFields),
  ];
}
