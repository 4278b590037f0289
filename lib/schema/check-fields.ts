import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { isInherited } from "./body-rules";
import { formSections } from "./compose";
import type { SchemaMistake } from "./schema-mistake";
import { declaredFields, type Field, SCHEMA_COMPONENTS, type SchemaSet, textOf } from "./schema-set";

/** Names that the API and the agents' protocol use beside the fields. */
const RESERVED_NAMES = new Set(["vm_id", "force"]);

interface PlacedField {
  file: SchemaMistake["file"];
  field: Field;
}

/** What is wrong with the fields of a set, each by itself and against the others. */
export function fieldMistakes(set: SchemaSet): SchemaMistake[] {
  const fields = SCHEMA_COMPONENTS.flatMap((file) =>
    declaredFields(set[file]).map((field) => ({ file, field })),
  );
  return [
    ...fields.flatMap(({ file, field }) =>
      ownMistakes(field, set).map((message) => ({ file, field: field.name, message })),
    ),
    ...uniqueMistakes(fields),
    ...keyMistakes(fields),
  ];
}

function ownMistakes({ name, schema, meta }: Field, set: SchemaSet): string[] {
  const mistakes: string[] = [];
  if (!/^[a-z][a-z0-9_]*$/.test(name)) mistakes.push("a field's name has a-z, 0-9 and _ only");
  if (RESERVED_NAMES.has(name)) mistakes.push("this name is taken by the API");
  if (isInherited(name)) mistakes.push("every object has a member of this name: choose another");
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
  if (!["string", "integer", "number", "boolean"].includes(textOf(schema, "type"))) {
    mistakes.push("a field is a text, a number or a boolean: requests are flat");
  }
  if ("oneOf" in schema || "anyOf" in schema) {
    mistakes.push("a field has one form: list its choices with `enum`");
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
