"use client";

import type { WidgetProps } from "@rjsf/utils";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { CONTROL_LOOK } from "@/components/ui/field";
import { ChoiceWidget } from "./choice-widget";
import { HostsWidget } from "./hosts-widget";
import { useControl } from "./use-control";

function TextWidget(props: WidgetProps) {
  const { input, onText } = useControl(props);
  return (
    <input type="text" className={CONTROL_LOOK} {...input} value={props.value ?? ""} onChange={onText} />
  );
}

/** Several lines to see a long value in; it remains one line. */
function TextareaWidget(props: WidgetProps) {
  const { input } = useControl(props);
  return (
    <textarea
      rows={3}
      className={`${CONTROL_LOOK} break-all font-mono text-xs`}
      {...input}
      value={props.value ?? ""}
      onChange={(event) => {
        const line = event.target.value.replace(/[\r\n]+/g, "");
        props.onChange(line === "" ? undefined : line);
      }}
    />
  );
}

function NumberWidget(props: WidgetProps) {
  const { input, onText } = useControl(props);
  const { minimum, maximum, multipleOf, type } = props.schema;
  const unit = typeof props.options.unit === "string" ? props.options.unit : null;
  return (
    <div className="relative max-w-44">
      <input
        type="number"
        inputMode={type === "integer" ? "numeric" : "decimal"}
        min={minimum}
        max={maximum}
        step={multipleOf ?? (type === "integer" ? 1 : "any")}
        className={`${CONTROL_LOOK} ${unit ? "pr-12" : ""}`}
        {...input}
        value={props.value ?? ""}
        onChange={onText}
      />
      {unit ? (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted"
        >
          {unit}
        </span>
      ) : null}
    </div>
  );
}

/** What keeps browsers and password managers from filling in or keeping what belongs to another machine. */
const NO_AUTOFILL = {
  autoComplete: "new-password",
  "data-1p-ignore": true,
  "data-bwignore": true,
  "data-lpignore": "true",
  "data-form-type": "other",
} as const;

function PasswordWidget(props: WidgetProps) {
  const { input, onText } = useControl(props);
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <input
        type={shown ? "text" : "password"}
        className={`${CONTROL_LOOK} pr-10`}
        {...input}
        {...NO_AUTOFILL}
        value={props.value ?? ""}
        onChange={onText}
      />
      <button
        type="button"
        aria-label="Show password"
        aria-pressed={shown}
        aria-controls={props.id}
        className="absolute inset-y-0 right-1 my-auto grid size-7 place-items-center rounded text-muted hover:text-ink"
        onClick={() => setShown(!shown)}
      >
        <Icon aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}

function RadioWidget(props: WidgetProps) {
  const { control, labelOf } = useControl(props);
  const { id, onBlur, ...shared } = control;
  return (
    <div
      role="radiogroup"
      id={id}
      aria-labelledby={`${id}__label`}
      aria-describedby={shared["aria-describedby"]}
      aria-invalid={shared["aria-invalid"]}
      aria-required={shared.required}
      className="flex min-h-9 flex-wrap items-center gap-x-5 gap-y-1"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
      }}
    >
      {props.options.enumOptions?.map(({ value }) => (
        <label key={String(value)} className="flex min-h-6 items-center gap-2">
          <input
            type="radio"
            name={shared.name}
            disabled={shared.disabled}
            className="size-4 accent-accent"
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {labelOf(value)}
        </label>
      ))}
    </div>
  );
}

function SelectWidget(props: WidgetProps) {
  const { control, labelOf } = useControl(props);
  const values: readonly unknown[] = props.options.enumOptions?.map((option) => option.value) ?? [];
  return (
    <select
      className={CONTROL_LOOK}
      {...control}
      value={String(values.indexOf(props.value))}
      onChange={(event) => props.onChange(values[Number(event.target.value)])}
    >
      <option value="-1">{props.required ? "Choose …" : "None"}</option>
      {values.map((value, index) => (
        <option key={String(value)} value={String(index)}>
          {labelOf(value)}
        </option>
      ))}
    </select>
  );
}

function CheckboxWidget(props: WidgetProps) {
  const { control } = useControl(props);
  const { required, ...rest } = control;
  return (
    <div className="flex min-h-9 items-center">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        {...rest}
        aria-required={required}
        checked={props.value === true}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    </div>
  );
}

/** By the names that the form library knows its own by. */
export const WIDGETS = {
  choice: ChoiceWidget,
  hosts: HostsWidget,
  TextWidget,
  TextareaWidget,
  UpDownWidget: NumberWidget,
  PasswordWidget,
  RadioWidget,
  SelectWidget,
  CheckboxWidget,
};
