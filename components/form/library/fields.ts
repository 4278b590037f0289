import BooleanField from "@rjsf/core/lib/components/fields/BooleanField.js";
import FallbackField from "@rjsf/core/lib/components/fields/FallbackField.js";
import NullField from "@rjsf/core/lib/components/fields/NullField.js";
import NumberField from "@rjsf/core/lib/components/fields/NumberField.js";
import ObjectField from "@rjsf/core/lib/components/fields/ObjectField.js";
import SchemaField from "@rjsf/core/lib/components/fields/SchemaField.js";
import StringField from "@rjsf/core/lib/components/fields/StringField.js";

/**
 * Stands in for the form library's own list of fields (next.config.ts): without its layout language, arrays and
 * alternatives, which no schema here has (lib/schema/check-fields.ts refuses them).
 */
export default function fields() {
  return {
    BooleanField,
    FallbackField,
    NullField,
    NumberField,
    ObjectField,
    SchemaField,
    StringField,
  };
}
