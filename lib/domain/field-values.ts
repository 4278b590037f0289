import type { JsonObject, JsonValue } from "./json";
import { Secret } from "./secret";

/** A field's value after validation; a field flagged `secret` in its schema is a {@link Secret}. */
export type FieldValue = JsonValue | Secret;

/**
 * Values by the name of their field: a request as validation gives it (defaults filled in, secrets wrapped), and
 * each part of one, such as a component's spec. Flat: no nesting between components.
 */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The field's text; null: not given, or blank. */
export function textField(values: FieldValues, name: string): string | null {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function numberField(values: FieldValues, name: string): number | null {
  const value = values[name];
  return typeof value === "number" ? value : null;
}

export function secretsOf(values: FieldValues): Secret[] {
  return Object.values(values).filter((value) => value instanceof Secret);
}

/** The values as a job shows them: each secret replaced by `[secret]`. */
export function redacted(values: FieldValues): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, JsonValue] => [
      name,
      value instanceof Secret ? value.toJSON() : value,
    ]),
  );
}

/** The values as the VM's Notes keep them: without the secrets. */
export function withoutSecrets(values: FieldValues): JsonObject {
  const open = Object.entries(values).filter((entry): entry is [string, JsonValue] => {
    return !(entry[1] instanceof Secret);
  });
  return Object.fromEntries(open);
}
