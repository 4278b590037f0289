import { loadFormValidators } from "@/lib/schema/form-validator-helpers";
import { call } from "./call";
import type { FormDefinition } from "./form-definition";

/** The bodies that make a component (`spec`) or change one (`update`). */
export type BodyName = `${"vm" | "disk" | "nic"}-${"spec" | "update"}`;

/** Everything that the form of such a body is made from. */
export async function loadBodyForm(name: BodyName): Promise<FormDefinition> {
  const { schema, validator } = await call("GET /schemas/{name}/form", { path: { name } });
  return { schema, validators: await loadFormValidators(validator) };
}
