import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/**
 * AJV for the schemas of `schemas/`: strict, with the formats, and with our extension keyword known. A rule may
 * name a field without repeating its `type`, and require one that another part of the schema declares.
 */
export function strictAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    ...options,
  });
  addFormats(ajv);
  ajv.addVocabulary(["x-aetherv", "version"]);
  return ajv;
}
