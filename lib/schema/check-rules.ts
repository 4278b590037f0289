import type { JsonObject } from "@/lib/domain/json";
import { issuesOf, OverlayExtension } from "./extension-shape";
import { mentionedFields } from "./restrict";
import type { SchemaMistake } from "./schema-mistake";
import {
  declaredFields,
  isDeclaration,
  isJsonObject,
  objectsOf,
  propertiesOf,
  SCHEMA_COMPONENTS,
  type SchemaSet,
} from "./schema-set";

/** The overlay names components and sections, and declares no field. */
export function overlayMistakes({ overlay }: SchemaSet): SchemaMistake[] {
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

/** A rule speaks of fields that exist, and never opens a condition that another schema has set. */
export function ruleMistakes(set: SchemaSet, file: SchemaMistake["file"]): SchemaMistake[] {
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
