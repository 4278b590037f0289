import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { restrictSchema } from "./restrict";
import {
  declaredFields,
  fieldMeta,
  isHardware,
  isInitialization,
  objectsOf,
  propertiesOf,
  SCHEMA_COMPONENTS,
  type SchemaComponent,
  type SchemaSet,
  stringsOf,
  textOf,
} from "./schema-set";

/** JSON Schema 2020-12. */
export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Keywords that {@link merge} treats by name; any other one of a component becomes a rule of its own. */
const MERGED_KEYWORDS = new Set([
  "$schema",
  "$id",
  "title",
  "description",
  "version",
  "type",
  "properties",
  "required",
  "allOf",
  "x-aetherv",
]);

/** A section of the form. */
export interface Section {
  name: string;
  title: string;
  description: string;
}

/** The sections of the form in their order, from the overlay or from the composed form. */
export function formSections(schema: JsonObject): Section[] {
  const extension = schema["x-aetherv"];
  if (!isJsonObject(extension)) return [];
  return objectsOf(extension.sections).map((section) => ({
    name: textOf(section, "name"),
    title: textOf(section, "title"),
    description: textOf(section, "description"),
  }));
}

/**
 * The flat schema of a managed deployment: every field of the three components at top level, in the order
 * of the form's sections, with the components' rules and those that cross them. The same set gives the same
 * schema, byte for byte: the browser's validator is found by its hash.
 */
export function composeForm(set: SchemaSet): JsonObject {
  const components = SCHEMA_COMPONENTS.map((component) => set[component]);
  return {
    ...metadata(set.overlay, "form"),
    "x-aetherv": { sections: formSections(set.overlay).map((section) => ({ ...section })) },
    ...merge([...components, set.overlay], sectionOrder(set)),
    unevaluatedProperties: false,
  };
}

/**
 * The flat body of `POST /vms/{vm_id}/initialization`: the guest fields of the three components under their
 * form names, the rules that speak of nothing else, and `force`.
 */
export function composeInitialization(set: SchemaSet): JsonObject {
  const names = new Set(
    SCHEMA_COMPONENTS.flatMap((component) => declaredFields(set[component]))
      .filter(isInitialization)
      .map((field) => field.name),
  );
  const schemas = [...SCHEMA_COMPONENTS.map((component) => set[component]), set.overlay];
  const force: JsonObject = {
    type: "object",
    properties: {
      force: {
        type: "boolean",
        title: "Initialize again",
        description: "Go on although the VM was initialized before.",
        default: false,
      },
    },
  };
  return {
    ...metadata(set.overlay, "initialization"),
    title: "Initialization",
    description: "What the guest is told; then the VM is powered on.",
    ...merge(
      [...schemas.map((schema) => restrictSchema(schema, (name) => names.has(name))), force],
      sectionOrder(set),
    ),
    unevaluatedProperties: false,
  };
}

/**
 * What may be said to a guest beside its secrets: the initialization's open fields and, unlike there, the
 * hardware fields that the guest is told too. It judges a value that Hyper-V reports, such as the VM's name.
 */
export function composeGuestHardware(set: SchemaSet): JsonObject {
  const fields = SCHEMA_COMPONENTS.flatMap((component) => declaredFields(set[component]));
  const names = new Set(fields.filter(({ meta }) => meta.guest && !meta.secret).map(({ name }) => name));
  const schemas = [...SCHEMA_COMPONENTS.map((component) => set[component]), set.overlay];
  return {
    ...metadata(set.overlay, "guest-hardware"),
    ...merge(
      schemas.map((schema) => restrictSchema(schema, (name) => names.has(name))),
      sectionOrder(set),
    ),
  };
}

/** VmSpec, DiskSpec or NicSpec: a component's schema without the fields that only the guest is told. */
export function hardwareSchema(set: SchemaSet, component: SchemaComponent): JsonObject {
  const schema = set[component];
  const names = new Set(
    declaredFields(schema)
      .filter(isHardware)
      .map((field) => field.name),
  );
  const { $id, ...rest } = restrictSchema(schema, (name) => names.has(name));
  return { $schema: DIALECT, $id: `${$id}:hardware`, ...rest, unevaluatedProperties: false };
}

function metadata(overlay: JsonObject, suffix: string): JsonObject {
  return {
    $schema: DIALECT,
    $id: `${textOf(overlay, "$id")}:${suffix}`,
    title: textOf(overlay, "title"),
    description: textOf(overlay, "description"),
    version: textOf(overlay, "version"),
    type: "object",
  };
}

function sectionOrder(set: SchemaSet): ReadonlyMap<string, number> {
  return new Map(formSections(set.overlay).map((section, index) => [section.name, index]));
}

/** One schema that says what all of them say. The fields' names differ: that was checked at load. */
function merge(schemas: JsonObject[], sections: ReadonlyMap<string, number>): JsonObject {
  const place = (property: JsonObject) => sections.get(fieldMeta(property).section ?? "") ?? sections.size;
  const properties = schemas.flatMap(propertiesOf).sort(([, left], [, right]) => place(left) - place(right));
  const rules: JsonValue[] = schemas.flatMap((schema) => {
    const others = Object.entries(schema).filter(([keyword]) => !MERGED_KEYWORDS.has(keyword));
    const own = others.length > 0 ? [Object.fromEntries(others)] : [];
    return [...own, ...objectsOf(schema.allOf)];
  });
  return {
    properties: Object.fromEntries(properties),
    required: [...new Set(schemas.flatMap((schema) => stringsOf(schema.required)))],
    ...(rules.length > 0 ? { allOf: rules } : {}),
  };
}
