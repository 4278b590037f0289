import type { FieldValues } from "@/lib/domain/field-values";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import { Secret } from "@/lib/domain/secret";
import type { DeploymentStep, UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import type { Refusal } from "@/lib/provisioning/refusal";
import {
  declaredFields,
  type Field,
  isHardware,
  SCHEMA_COMPONENTS,
  type SchemaComponent,
  type SchemaSet,
} from "@/lib/schema/schema-set";

/** It asks for what the last step does, which no VM has yet. */
const OF_THE_CLUSTER = "cluster_preference";

/**
 * The fields of a deployment's request that have to stay as they are when it goes on: those of the VM, which is there,
 * and those of the disk and of the adapter once these are. What the guest is told may change until it was told.
 */
export function fixedFields(schemas: SchemaSet, missing: readonly DeploymentStep[]): string[] {
  return SCHEMA_COMPONENTS.filter((component) => isThere(component, missing)).flatMap((component) =>
    hardwareOf(schemas, component).map(({ name }) => name),
  );
}

/** What a request that is to continue a deployment says otherwise than the deployment's own, of what is there already. */
export function changedFixedFields(
  schemas: SchemaSet,
  request: FieldValues,
  { missing, request: began }: Pick<UnfinishedDeployment, "missing" | "request">,
): Refusal[] {
  const fields = SCHEMA_COMPONENTS.filter((component) => isThere(component, missing)).flatMap((component) =>
    hardwareOf(schemas, component),
  );
  return fields
    .filter((field) => request[field.name] !== beganWith(field, began, request))
    .map(({ name }) => {
      const before = began[name];
      const value = before === undefined ? "stay empty" : `stay ${JSON.stringify(before)}`;
      const message = `It must ${value}: what it asks for is there already.`;
      return { code: "invalid_request", pointer: pointerTo(name), message };
    });
}

/** The fields for the guest alone whose values, other than secrets, are no longer those that the deployment began with. */
export function changedGuestFields(schemas: SchemaSet, request: FieldValues, began: JsonObject): string[] {
  return SCHEMA_COMPONENTS.flatMap((component) => declaredFields(schemas[component]))
    .filter((field) => !isHardware(field) && !field.meta.secret)
    .filter(
      (field) =>
        !(request[field.name] instanceof Secret) && request[field.name] !== beganWith(field, began, request),
    )
    .map(({ name }) => name);
}

function isThere(component: SchemaComponent, missing: readonly DeploymentStep[]): boolean {
  return component === "vm" || !missing.includes(component);
}

function hardwareOf(schemas: SchemaSet, component: SchemaComponent): Field[] {
  return declaredFields(schemas[component]).filter(
    (field) => isHardware(field) && field.name !== OF_THE_CLUSTER,
  );
}

/** A field that came into the schemas since then began with its default. */
function beganWith(field: Field, began: JsonObject, request: FieldValues): JsonValue | undefined {
  if (began[field.name] !== undefined) return began[field.name];
  const fallback = field.schema.default;
  return fallback !== undefined && request[field.name] === fallback ? fallback : undefined;
}
