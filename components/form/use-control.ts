import type { WidgetProps } from "@rjsf/utils";
import type { ChangeEvent } from "react";
import { errorId, hintId, reasonId } from "@/components/ui/field";
import { afterPress } from "./after-press";
import { useFormState, useVisibleErrors } from "./form-state";

/** What every control of the form has in common, whatever draws it. */
export function useControl(props: WidgetProps) {
  const { id, htmlName, required, disabled, readonly, rawErrors, schema, options, value } = props;
  const wrong = useVisibleErrors(id, rawErrors).length > 0;
  const { unavailable } = useFormState();
  const fixed = readonly || unavailable[props.name] !== undefined;
  const described = [
    wrong ? errorId(id) : null,
    unavailable[props.name] === undefined ? null : reasonId(id),
    schema.description ? hintId(id) : null,
  ].filter(Boolean);
  const control = {
    id,
    name: htmlName ?? id,
    required: required ?? false,
    disabled: Boolean(disabled || fixed),
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    "aria-invalid": wrong || undefined,
    "aria-describedby": described.length > 0 ? described.join(" ") : undefined,
    onBlur: () => afterPress(() => props.onBlur(id, value)),
  } as const;
  // What one types into can be fixed and still be reached, read and copied.
  const input = { ...control, disabled: Boolean(disabled), readOnly: Boolean(fixed) } as const;
  const onText = (event: ChangeEvent<HTMLInputElement>) => {
    props.onChange(event.target.value === "" ? undefined : event.target.value);
  };
  const labels = (options.labels ?? {}) as Readonly<Record<string, string>>;
  const labelOf = (choice: unknown) => labels[String(choice)] ?? String(choice);
  return { control, input, onText, labelOf };
}
