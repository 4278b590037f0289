import type { FieldValue, FieldValues } from "@/lib/domain/field-values";
import {
  declaredFields,
  type Field,
  isHardware,
  isInitialization,
  SCHEMA_COMPONENTS,
  type SchemaSet,
} from "./schema-set";

/** A flat request, taken apart by the flags of its fields. */
export interface SplitRequest {
  vm: FieldValues;
  disk: FieldValues;
  nic: FieldValues;
  /** The body of the initialization: guest fields under their form names. */
  guest: FieldValues;
}

/** Gives each component its hardware fields, and the initialization the guest's. Absent fields stay absent. */
export function splitRequest(set: SchemaSet, request: FieldValues): SplitRequest {
  const all = SCHEMA_COMPONENTS.flatMap((component) => declaredFields(set[component]));
  return {
    vm: pick(request, declaredFields(set.vm).filter(isHardware)),
    disk: pick(request, declaredFields(set.disk).filter(isHardware)),
    nic: pick(request, declaredFields(set.nic).filter(isHardware)),
    guest: pick(request, all.filter(isInitialization)),
  };
}

function pick(request: FieldValues, fields: Field[]): FieldValues {
  const picked: Record<string, FieldValue> = {};
  for (const { name } of fields) {
    const value = Object.hasOwn(request, name) ? request[name] : undefined;
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
