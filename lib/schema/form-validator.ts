import { createHash } from "node:crypto";
import { hashForSchema, type RJSFSchema, schemaParser } from "@rjsf/utils";
import createAjvInstance from "@rjsf/validator-ajv8/lib/createAjvInstance.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { FORM_VALIDATOR_HELPERS } from "./form-validator-table";

export interface FormValidator {
  /** Names the source: another schema or another compiler gives another one. */
  hash: string;
  /** An ES module that exports `createValidators(require)` and `schemaHash`. */
  source: string;
}

/**
 * Compiles the composed form to a module that the browser can load under a Content Security Policy without
 * `unsafe-eval`. It holds a validator for the form and for every sub-schema that the form library asks
 * about by hash (the conditions, above all), made with the options and the hashes of the library itself.
 *
 * The code is CommonJS, wrapped as a factory: AJV's ES module output fails on names that are hashes.
 *
 * @throws Error when the code needs a helper that the browser does not have.
 */
export function compileFormValidator(schema: JsonObject): FormValidator {
  const schemas = Object.values({ ...conditionSchemas(schema), ...schemaParser(schema as RJSFSchema) });
  const ajv = createAjvInstance(
    undefined,
    undefined,
    { schemas, code: { source: true } },
    false,
    // The form library's types know Ajv's default class only; 2020 differs in its vocabularies.
    Ajv2020 as unknown as Parameters<typeof createAjvInstance>[4],
    (instance) => {
      // The library's own copy of ajv-formats is another version than the server's.
      addFormats(instance);
      return instance;
    },
  );
  const code = standaloneCode(ajv);
  refuseUnknownHelpers(code);
  const factory = `export function createValidators(require) {\nconst exports = {};\n${code}\nreturn exports;\n}\n`;
  const hash = createHash("sha256").update(factory).digest("hex").slice(0, 16);
  return { hash, source: `${factory}export const schemaHash = "${hash}";\n` };
}

function refuseUnknownHelpers(code: string): void {
  const known = new Set<string>(FORM_VALIDATOR_HELPERS);
  for (const [, helper] of code.matchAll(/\brequire\("([^"]*)"\)/g)) {
    if (helper !== undefined && !known.has(helper)) {
      throw new Error(`The form's validator needs ${helper}, which the browser does not have.`);
    }
  }
}

/**
 * The conditions that `schemaParser` does not reach: it follows the form as it is drawn, and passes by an
 * `if` inside a choice, an additional or a pattern property.
 */
function conditionSchemas(schema: JsonObject): Record<string, RJSFSchema> {
  const found: Record<string, RJSFSchema> = {};
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isJsonObject(value)) return;
    if (isJsonObject(value.if)) {
      const hash = hashForSchema(value.if as RJSFSchema);
      found[hash] = { ...(value.if as RJSFSchema), $id: hash };
    }
    Object.values(value).forEach(visit);
  };
  visit(schema);
  return found;
}
