import * as equal from "ajv/dist/runtime/equal.js";
import * as ucs2length from "ajv/dist/runtime/ucs2length.js";
import * as formats from "ajv-formats/dist/formats.js";
import { FORM_VALIDATOR_HELPERS, type FormValidatorHelper } from "./form-validator-table";

/** A compiled validator, as AJV's standalone code defines it. */
export interface CompiledValidator {
  (data: unknown): boolean;
  errors?: unknown[] | null;
}

/** The validators of the composed form and of each sub-schema that the form asks about, by `$id` or hash. */
export type FormValidators = Record<string, CompiledValidator>;

/** What `/api/v1/schemas/form.<hash>.js` exports. */
export interface FormValidatorModule {
  schemaHash: string;
  createValidators(require: (helper: string) => unknown): FormValidators;
}

const table: Readonly<Record<FormValidatorHelper, unknown>> = {
  "ajv/dist/runtime/ucs2length": commonJs(ucs2length, "default"),
  "ajv/dist/runtime/equal": commonJs(equal, "default"),
  "ajv-formats/dist/formats": commonJs(formats, "fullFormats"),
};

/** The `require` of the compiled validators: exactly the helpers of the table, nothing else. */
export function requireHelper(helper: string): unknown {
  const name = FORM_VALIDATOR_HELPERS.find((candidate) => candidate === helper);
  if (name === undefined) throw new Error(`The form's validator asks for an unknown helper: ${helper}`);
  return table[name];
}

/**
 * Fetches the form's validator from the server and prepares it. Needs no `unsafe-eval`: the server has
 * compiled it, and the browser loads it as any other script.
 *
 * @param url as `GET /api/v1/schemas/form` names it.
 */
export async function loadFormValidators(url: string): Promise<FormValidators> {
  const loaded: FormValidatorModule = await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ url);
  return loaded.createValidators(requireHelper);
}

/** The `exports` of a CommonJS module, however the bundler wraps it: the object that has the member itself. */
function commonJs(namespace: object, member: string): unknown {
  let candidate: unknown = namespace;
  while (typeof candidate === "object" && candidate !== null) {
    const inner: unknown = Reflect.get(candidate, member);
    const wrapped: unknown = Reflect.get(candidate, "default");
    if (inner !== undefined && (member !== "default" || typeof inner === "function")) return candidate;
    if (wrapped === candidate || wrapped === undefined) break;
    candidate = wrapped;
  }
  throw new Error(`A helper of the form's validator lacks its member ${member}.`);
}
