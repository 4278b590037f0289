import type { SchemaSet } from "./schema-set";

/** What is wrong in one schema file by itself, and the field that it is about; null for the file as a whole. */
export interface FileMistake {
  field: string | null;
  message: string;
}

/** A mistake in one of the files of a set. */
export interface SchemaMistake extends FileMistake {
  file: keyof SchemaSet;
}
