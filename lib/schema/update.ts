import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { DIALECT } from "./compose";
import {
  type ComponentSchema,
  declaredFields,
  type Field,
  isHardware,
  type SchemaComponent,
  type SchemaSet,
  textOf,
} from "./schema-set";

/**
 * The body that changes a component: its hardware fields but the immutable ones, each optional, at least one.
 * It is flat and has no defaults. Rules between fields are not in it: half of what they ask about is not in the
 * body but on the host, which judges the whole.
 */
export function updateSchema(set: SchemaSet, component: SchemaComponent): JsonObject {
  const schema = set[component];
  const properties = declaredFields(schema)
    .filter(isMutable)
    .map((field) => [field.name, asChanged(field.schema)]);
  return {
    $schema: DIALECT,
    $id: `${textOf(schema, "$id")}:update`,
    title: textOf(schema, "title"),
    version: textOf(schema, "version"),
    type: "object",
    properties: Object.fromEntries(properties),
    minProperties: 1,
    unevaluatedProperties: false,
  };
}

/** Fields of the component that an update does not take, each by name and with the reason. */
export function updateRefusals(schema: ComponentSchema, body: JsonObject): FieldProblem[] {
  return declaredFields(schema)
    .filter((field) => Object.hasOwn(body, field.name) && !isMutable(field))
    .map((field) => ({ pointer: pointerTo(field.name), message: refusalOf(field) }));
}

function isMutable(field: Field): boolean {
  return isHardware(field) && !field.meta.immutable;
}

function refusalOf(field: Field): string {
  const title = textOf(field.schema, "title");
  if (!isHardware(field)) {
    return `${title} is what the guest is told when it is initialized, and cannot be changed here: leave it out.`;
  }
  return ownRefusal(field.schema) ?? `${title} cannot be changed after creation: leave it out.`;
}

/** `x-aetherv.message.immutable`: what else can be done. */
function ownRefusal(property: JsonObject): string | null {
  const extension = property["x-aetherv"];
  if (!isJsonObject(extension) || !isJsonObject(extension.message)) return null;
  const { immutable } = extension.message;
  return typeof immutable === "string" ? immutable : null;
}

/** A field without what is said of it, or done with it, where it is given for the first time. */
function asChanged({ default: _, ...property }: JsonObject): JsonObject {
  const extension = property["x-aetherv"];
  if (!isJsonObject(extension)) return property;
  const { update_description: description, ...others } = extension;
  return {
    ...property,
    ...(description === undefined ? {} : { description }),
    "x-aetherv": others,
  };
}
