import { fieldMistakes } from "./check-fields";
import { fileMistakes } from "./check-file";
import { overlayMistakes, ruleMistakes } from "./check-rules";
import type { SchemaMistake } from "./schema-mistake";
import { SCHEMA_COMPONENTS, type SchemaSet } from "./schema-set";

/** Everything that must hold for a schema set before the server starts with it. */
export function checkSchemaSet(set: SchemaSet): SchemaMistake[] {
  const files = [...SCHEMA_COMPONENTS, "overlay"] as const;
  return [
    ...files.flatMap((file) => fileMistakes(set[file]).map((mistake) => ({ file, ...mistake }))),
    ...fieldMistakes(set),
    ...overlayMistakes(set),
    ...files.flatMap((file) => ruleMistakes(set, file)),
  ];
}
