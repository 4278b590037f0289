import type { FieldValue, FieldValues } from "@/lib/domain/field-values";
import type { GuestConfig } from "@/lib/domain/hypervisor";
import { Secret } from "@/lib/domain/secret";
import { declaredFields, SCHEMA_COMPONENTS, type SchemaSet } from "./schema-set";

/**
 * What the guest is told, from the flat request: the fields that name a KVP key, under that key, as text.
 * Sorted by key, as the guests sort them. Absent and blank values are left out: they are not published.
 */
export function generateGuestConfig(set: SchemaSet, request: FieldValues): GuestConfig {
  const entries: [string, string | Secret][] = [];
  for (const { name, meta } of SCHEMA_COMPONENTS.flatMap((component) => declaredFields(set[component]))) {
    const kvp = meta.guest?.kvp;
    const value = Object.hasOwn(request, name) ? request[name] : undefined;
    if (kvp === null || kvp === undefined || value === undefined || value === null) continue;
    const told = value instanceof Secret ? value : plaintext(value);
    const text = told instanceof Secret ? told.reveal() : told;
    if (text.trim() !== "") entries.push([kvp, told]);
  }
  entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return new Map(entries);
}

function plaintext(value: Exclude<FieldValue, Secret>): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
