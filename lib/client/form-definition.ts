import type { JsonObject } from "@/lib/domain/json";
import { composeForm } from "@/lib/schema/compose";
import { type FormValidators, loadFormValidators } from "@/lib/schema/form-validator-helpers";
import { call } from "./call";

/** Everything that the New VM form is made from. */
export interface FormDefinition {
  /** The flat schema of a managed deployment. */
  schema: JsonObject;
  /** Compiled by the server: the Content-Security-Policy forbids to compile here. */
  validators: FormValidators;
}

/** Loads the three components' schemas and the overlay, and composes the form from them. */
export async function loadFormDefinition(): Promise<FormDefinition> {
  const [vm, disk, nic, overlay, served] = await Promise.all([
    readSchema("vm"),
    readSchema("disk"),
    readSchema("nic"),
    readSchema("managed-deployment"),
    call("GET /schemas/form", {}),
  ]);
  const schema = composeForm({ vm, disk, nic, overlay });
  // The validators are found by the schema's own hashes: with another schema the form would not validate.
  if (JSON.stringify(schema) !== JSON.stringify(served.schema)) {
    throw new Error("The server's schemas changed while the form was loading.");
  }
  return { schema, validators: await loadFormValidators(served.validator) };
}

const readSchema = (name: string): Promise<JsonObject> => call("GET /schemas/{name}", { path: { name } });
