import ButtonTemplates from "@rjsf/core/lib/components/templates/ButtonTemplates/index.js";
import FieldErrorTemplate from "@rjsf/core/lib/components/templates/FieldErrorTemplate.js";
import FieldHelpTemplate from "@rjsf/core/lib/components/templates/FieldHelpTemplate.js";
import UnsupportedFieldTemplate from "@rjsf/core/lib/components/templates/UnsupportedField.js";
import WrapIfAdditionalTemplate from "@rjsf/core/lib/components/templates/WrapIfAdditionalTemplate.js";

/**
 * Stands in for the form library's own list of templates (next.config.ts): the form brings its own for fields,
 * objects and the list of errors, and has neither arrays nor alternatives.
 */
export default function templates() {
  return {
    ButtonTemplates: ButtonTemplates(),
    FieldErrorTemplate,
    FieldHelpTemplate,
    UnsupportedFieldTemplate,
    WrapIfAdditionalTemplate,
  };
}
