import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { checkSchemaSet } from "./schema-checks";
import type { SchemaMistake } from "./schema-mistake";
import type { SchemaSet } from "./schema-set";

const FILES = {
  vm: "vm.schema.json",
  disk: "disk.schema.json",
  nic: "nic.schema.json",
  overlay: "managed-deployment.schema.json",
} as const satisfies Record<keyof SchemaSet, string>;

/** The schema files cannot be used: each line of the message names the file, the field and what is wrong. */
export class SchemaFileError extends Error {
  override readonly name = "SchemaFileError";
  readonly mistakes: readonly string[];

  constructor(mistakes: string[], options: ErrorOptions = {}) {
    super(["The schema files cannot be used:", ...mistakes].join("\n  "), options);
    this.mistakes = mistakes;
  }
}

/**
 * Reads and checks the schema files of a folder, once, when the server starts.
 *
 * @throws SchemaFileError with every mistake that was found.
 */
export function loadSchemas(directory: string): SchemaSet {
  const set: SchemaSet = {
    vm: readSchema(directory, FILES.vm),
    disk: readSchema(directory, FILES.disk),
    nic: readSchema(directory, FILES.nic),
    overlay: readSchema(directory, FILES.overlay),
  };
  const mistakes = checkSchemaSet(set);
  if (mistakes.length > 0) throw new SchemaFileError([...new Set(mistakes.map(describe))]);
  return set;
}

/** The schema of the hosts' own resources file. It is published and travels with no call. */
export function loadHostResourcesSchema(directory: string): JsonObject {
  return readSchema(directory, "host-resources.schema.json");
}

function readSchema(directory: string, file: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(join(directory, file), "utf8");
  } catch (cause) {
    throw new SchemaFileError([`${file}: cannot be read from ${directory}`], { cause });
  }
  let schema: JsonValue;
  try {
    schema = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SchemaFileError([`${file}: is not JSON: ${reason}`], { cause });
  }
  if (!isJsonObject(schema)) throw new SchemaFileError([`${file}: must hold one JSON object`]);
  return schema;
}

function describe({ file, field, message }: SchemaMistake): string {
  return `${FILES[file]}: ${field === null ? "" : `field \`${field}\`: `}${message}`;
}
