import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { Secret } from "@/lib/domain/secret";
import type { FieldValue } from "@/lib/domain/spec";

/** A request after validation: defaults applied, secrets wrapped. */
export type Body = Readonly<Record<string, FieldValue>>;

/** The field's text; null: not given, or blank. */
export function textField(body: Body, name: string): string | null {
  const value = body[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function numberField(body: Body, name: string): number | null {
  const value = body[name];
  return typeof value === "number" ? value : null;
}

/** The request as a job shows it: each secret replaced by `[secret]`. */
export function redacted(body: Body): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]): [string, JsonValue] => [
      name,
      value instanceof Secret ? value.toJSON() : value,
    ]),
  );
}

export function secretsOf(body: Body): Secret[] {
  return Object.values(body).filter((value) => value instanceof Secret);
}

/** The request as the VM's Notes keep it: without its secrets. */
export function withoutSecrets(body: Body): JsonObject {
  const open = Object.entries(body).filter((entry): entry is [string, JsonValue] => {
    return !(entry[1] instanceof Secret);
  });
  return Object.fromEntries(open);
}
