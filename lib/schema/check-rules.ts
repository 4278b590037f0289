import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import { issuesOf, OverlayExtension } from "./extension-shape";
import { mentionedFields } from "./restrict";
import type { SchemaMistake } from "./schema-mistake";
import {
  declaredFields,
  isDeclaration,
  objectsOf,
  propertiesOf,
  SCHEMA_COMPONENTS,
  type SchemaSet,
} from "./schema-set";

/** The overlay names components and sections, and declares no field. */
export function overlayMistakes({ overlay }: SchemaSet): SchemaMistake[] {
  const shape = issuesOf(OverlayExtension, overlay["x-aetherv"]);
  const message = "fields are declared by the components; a rule has no `type`";
  return [
    ...shape.map((issue): SchemaMistake => ({ file: "overlay", field: null, message: issue })),
    ...declaredFields(overlay).map(({ name }): SchemaMistake => ({ file: "overlay", field: name, message })),
  ];
}

/** A rule speaks of fields that exist, and never opens a condition that another schema has set. */
export function ruleMistakes(set: SchemaSet, file: SchemaMistake["file"]): SchemaMistake[] {
  const scope = file === "overlay" ? SCHEMA_COMPONENTS.map((component) => set[component]) : [set[file]];
  const fields = new Map(scope.flatMap(declaredFields).map((field) => [field.name, field]));
  const named = new Set(mentionedFields(set[file]));
  const constrained = new Set(constrainedFields(set[file]));
  const unknown = [...named].filter((name) => !fields.has(name));
  const admitted = [...constrained].filter((name) => fields.get(name)?.conditional === true);
  return [
    ...unknown.map((field) => ({ file, field, message: UNKNOWN })),
    ...admitted.map((field) => ({ file, field, message: ADMITTED })),
  ];
}

const UNKNOWN = "a rule names this field, and no schema declares it";
const ADMITTED =
  "this field stands under a condition: a rule that lists it under `properties` would admit it without that condition";

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
