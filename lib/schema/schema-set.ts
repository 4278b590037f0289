import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";

/** The components that have a schema file, in the order in which a managed deployment makes them. */
export const SCHEMA_COMPONENTS = ["vm", "disk", "nic"] as const;
export type SchemaComponent = (typeof SCHEMA_COMPONENTS)[number];

/** Where the choices of a field come from: the selected host (`host.…`) or the inventory. */
export const OPTION_SOURCES = [
  "host.networks",
  "host.storage_classes",
  "host.images",
  "hosts",
  "clusters",
] as const;
export type OptionSource = (typeof OPTION_SOURCES)[number];

/** A JSON Schema 2020-12 as it stands in its file: an object with `$id`, `title`, `version` and `properties`. */
export type ComponentSchema = JsonObject;

/** The managed deployment's own schema: the sections of the form, and the rules that cross components. */
export type OverlaySchema = JsonObject;

export interface SchemaSet {
  vm: ComponentSchema;
  disk: ComponentSchema;
  nic: ComponentSchema;
  overlay: OverlaySchema;
}

/** The extension keyword `x-aetherv` of one property. */
export interface FieldMeta {
  /** Name of the form's section that shows the field. */
  section: string | null;
  /**
   * Guest configuration: held back from the hardware APIs and delivered at initialization. `kvp` is the
   * name that the guest reads it under; null: it only shapes the form. `also_hardware`: it goes both ways.
   */
  guest: { kvp: string | null; also_hardware: boolean } | null;
  /** Never logged, returned or kept after the step that needs it. */
  secret: boolean;
  /** An update refuses it. */
  immutable: boolean;
  options: OptionSource | null;
  /** What a number counts, such as `GB`. */
  unit: string | null;
  /** What the form shows for each value of an `enum`. */
  labels: Readonly<Record<string, string>>;
}

/** A field that a schema declares: a property with a `type`, at top level or under a condition. */
export interface Field {
  name: string;
  schema: JsonObject;
  meta: FieldMeta;
  /** It exists only where an `if` says so. */
  conditional: boolean;
}

/** The objects in a keyword's array (`allOf`); empty where it is absent. */
export function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The strings in a keyword's array (`required`); empty where it is absent. */
export function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The properties that stand directly in a schema. */
export function propertiesOf(schema: JsonObject): [string, JsonObject][] {
  const { properties } = schema;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isJsonObject(property) ? [[name, property] as [string, JsonObject]] : [],
  );
}

/** A text of a schema's metadata, such as `title`; empty where it is absent. */
export function textOf(schema: JsonObject, keyword: string): string {
  const value = schema[keyword];
  return typeof value === "string" ? value : "";
}

/** Whether a property declares a field. Without a `type` it only constrains one that stands elsewhere. */
export function isDeclaration(property: JsonObject): boolean {
  return "type" in property;
}

/** `x-aetherv` with what is absent filled in. Its shape was checked when the schemas were loaded. */
export function fieldMeta(property: JsonObject): FieldMeta {
  const extension = isJsonObject(property["x-aetherv"]) ? property["x-aetherv"] : {};
  const { section, guest, options, unit, labels } = extension;
  return {
    section: typeof section === "string" ? section : null,
    guest: isJsonObject(guest)
      ? {
          kvp: typeof guest.kvp === "string" ? guest.kvp : null,
          also_hardware: guest.also_hardware === true,
        }
      : null,
    secret: extension.secret === true,
    immutable: extension.immutable === true,
    options: OPTION_SOURCES.find((source) => source === options) ?? null,
    unit: typeof unit === "string" ? unit : null,
    labels: isJsonObject(labels)
      ? Object.fromEntries(Object.entries(labels).map(([value, label]) => [value, String(label)]))
      : {},
  };
}

/**
 * Every field that a schema declares, in the order of the file: `properties`, then what `allOf`, `then` and
 * `else` add. `if`, `not`, `anyOf` and `oneOf` only ask about fields.
 */
export function declaredFields(schema: JsonObject): Field[] {
  return collect(schema, false);
}

function collect(schema: JsonObject, conditional: boolean): Field[] {
  const own = propertiesOf(schema)
    .filter(([, property]) => isDeclaration(property))
    .map(([name, property]) => ({ name, schema: property, meta: fieldMeta(property), conditional }));
  const branches = [schema.then, schema.else].filter(isJsonObject);
  return [
    ...own,
    ...branches.flatMap((branch) => collect(branch, true)),
    ...objectsOf(schema.allOf).flatMap((member) => collect(member, conditional)),
  ];
}

/** Sent to the component's own API and agent. */
export function isHardware(field: Field): boolean {
  return field.meta.guest === null || field.meta.guest.also_hardware;
}

/**
 * Part of an initialization's body. A hardware field that the guest is told too is not: its value is what
 * Hyper-V says. One without a name of its own is: it says how the others are meant.
 */
export function isInitialization(field: Field): boolean {
  const { guest } = field.meta;
  return guest !== null && !(guest.also_hardware && guest.kvp !== null);
}
