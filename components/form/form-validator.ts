import { ErrorSchemaBuilder, type RJSFSchema, type ValidationData } from "@rjsf/utils";
import AJV8PrecompiledValidator from "@rjsf/validator-ajv8/lib/precompiledValidator.js";
import type { FormDefinition } from "@/lib/client/form-definition";
import type { JsonObject } from "@/lib/domain/json";
import { describeErrors, type SchemaError } from "@/lib/schema/describe-error";
import { fieldAt } from "./pointer";

/**
 * The form library's validator over the server's compiled code, with the sentences that the server
 * itself would answer in place of AJV's.
 */
export class FormValidator extends AJV8PrecompiledValidator<JsonObject, RJSFSchema> {
  constructor({ schema, validators }: FormDefinition) {
    // The library declares its own shape for the compiled functions; AJV made both.
    super(
      validators as unknown as ConstructorParameters<typeof AJV8PrecompiledValidator>[0],
      schema as RJSFSchema,
    );
  }

  override validateFormData(
    formData: JsonObject | undefined,
    schema: RJSFSchema,
  ): ValidationData<JsonObject> {
    const { errors: raw } = this.rawValidation<SchemaError>(schema, formData);
    const builder = new ErrorSchemaBuilder<JsonObject>();
    const problems = describeErrors(this.rootSchema as JsonObject, raw ?? []);
    for (const { pointer, message } of problems) builder.addErrors(message, fieldAt(pointer) ?? []);
    return {
      errors: problems.map(({ pointer, message }) => ({
        property: `.${fieldAt(pointer) ?? ""}`,
        message,
        stack: message,
      })),
      errorSchema: builder.ErrorSchema,
    };
  }
}
