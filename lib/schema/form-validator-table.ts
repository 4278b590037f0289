/** The only modules that a compiled form validator may ask for; the browser has exactly these. */
export const FORM_VALIDATOR_HELPERS = [
  "ajv/dist/runtime/ucs2length",
  "ajv/dist/runtime/equal",
  "ajv-formats/dist/formats",
] as const;

export type FormValidatorHelper = (typeof FORM_VALIDATOR_HELPERS)[number];
