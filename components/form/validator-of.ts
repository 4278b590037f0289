import type { RJSFSchema, ValidatorType } from "@rjsf/utils";
import AJV8PrecompiledValidator from "@rjsf/validator-ajv8/lib/precompiledValidator.js";
import type { FormDefinition } from "@/lib/client/form-definition";
import type { FormData } from "./form-event";

/** What the server has compiled, as the form library asks it. */
export function validatorOf({ schema, validators }: FormDefinition): ValidatorType<FormData, RJSFSchema> {
  // The library has a type of its own for what AJV has compiled.
  type Compiled = ConstructorParameters<typeof AJV8PrecompiledValidator>[0];
  return new AJV8PrecompiledValidator<FormData, RJSFSchema>(
    validators as unknown as Compiled,
    schema as RJSFSchema,
  );
}
