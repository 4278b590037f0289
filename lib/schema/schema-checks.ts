import { fieldMistakes } from "./check-fields";
import { fileMistakes } from "./check-file";
import { overlayMistakes, ruleMistakes } from "./check-rules";
import { SCHEMA_COMPONENTS, type SchemaSet } from "./schema-set";

/** A mistake in a schema file, and the field it is about; `field` is null for the file as a whole. */
export interface SchemaMistake {
  file: keyof SchemaSet;
  field: string | null;
  message: string;
}

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
