import type { JsonObject, JsonValue } from "../stand-in-call";
import { StandInError } from "../stand-in-call";
import type { CimClass } from "./cim-class";
import { CLUSTER_CLASSES } from "./cluster-classes";
import { VIRTUALIZATION_CLASSES } from "./virtualization-classes";
import { WINDOWS_CLASSES } from "./windows-classes";

const CLASSES = [...VIRTUALIZATION_CLASSES, ...WINDOWS_CLASSES, ...CLUSTER_CLASSES];

/** An instance: its class, and the properties that have a value. */
export interface CimInstance {
  class: CimClass;
  values: Record<string, JsonValue>;
}

/** What CIM says of a failure, in the form of its cmdlets' errors. */
export const CIM_FAILURE = {
  failed: "HRESULT 0x80041001",
  notFound: "HRESULT 0x80041002",
  invalidParameter: "HRESULT 0x80041008",
  invalidNamespace: "HRESULT 0x8004100e",
  invalidClass: "HRESULT 0x80041010",
  invalidMethod: "HRESULT 0x80041055",
  invalidMethodParameters: "HRESULT 0x8004102f",
} as const;

/** The class of this name; throws `Invalid namespace` or `Invalid class`. */
export function classOf(namespace: string, name: string, clusterExists: boolean): CimClass {
  const inside = CLASSES.filter((candidate) => namespaceKey(candidate.namespace) === namespaceKey(namespace));
  const isThere = inside.length > 0 && (namespaceKey(namespace) !== "root/mscluster" || clusterExists);
  if (!isThere) {
    throw new StandInError(
      CIM_FAILURE.invalidNamespace,
      "MetadataError",
      "Invalid namespace ",
      `${namespace}:${name}`,
    );
  }
  const found = inside.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new StandInError(CIM_FAILURE.invalidClass, "MetadataError", "Invalid class ", `${namespace}:${name}`);
}

/**
 * An instance as the modules get it: the class and namespace, the keys' names, the types of the properties that
 * have a value, and all the class's properties.
 */
export function toJson(instance: CimInstance): JsonObject {
  const { name, namespace, keys, properties } = instance.class;
  for (const property of Object.keys(instance.values)) {
    if (!properties.has(property)) throw new Error(`${name} has no property ${property}.`);
  }
  const values = Object.fromEntries([...properties.keys()].map((key) => [key, instance.values[key] ?? null]));
  const types = [...properties].filter(([key, type]) => values[key] !== null && NUMERIC.test(type));
  return { class: name, namespace, keys: [...keys], types: Object.fromEntries(types), properties: values };
}

/** A reference to an instance: its keys alone. */
export function toReference(instance: CimInstance): JsonObject {
  const keys = instance.class.keys.map((key) => [key, instance.values[key] ?? null]);
  return toJson({ class: instance.class, values: Object.fromEntries(keys) });
}

/** Whether an instance has these keys, compared as CIM does. */
export function hasKeys(instance: CimInstance, keys: Readonly<Record<string, JsonValue>>): boolean {
  return instance.class.keys.every(
    (key) => String(instance.values[key]).toLowerCase() === String(keys[key] ?? "").toLowerCase(),
  );
}

/** Types that JSON does not tell by itself. */
const NUMERIC = /^(?:[su]int\d+|datetime)(?:\[\])?$/;

function namespaceKey(namespace: string): string {
  return namespace
    .replaceAll("\\", "/")
    .replace(/^\/+|\/+$/g, "")
    .toLowerCase();
}
