"use client";

import type { WidgetProps } from "@rjsf/utils";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK } from "@/components/ui/field";
import { describeFailure } from "@/lib/client/failure";
import { OPTION_SOURCES } from "@/lib/schema/schema-set";
import { ChoiceDetails } from "./choice-details";
import { choicesOf, emptyReason } from "./choices";
import { useFormState } from "./form-state";
import { useControl } from "./use-control";

/** A list of what the hosts offer. An empty one says why. */
export function ChoiceWidget(props: WidgetProps) {
  const { control } = useControl(props);
  const { choices: context, choicesError, onRetryChoices } = useFormState();
  const source = OPTION_SOURCES.find((each) => each === props.options.source) ?? "hosts";
  const choices = choicesOf(source, context);
  const value = typeof props.value === "string" ? props.value : "";
  const known = value === "" || choices.some((choice) => choice.value === value);

  if (choices.length === 0 && choicesError) {
    return (
      <div className="flex flex-wrap items-center gap-2 text-bad">
        <span id={control.id} tabIndex={-1}>
          {describeFailure(choicesError).detail}
        </span>
        <Button onClick={onRetryChoices}>Retry</Button>
      </div>
    );
  }
  return (
    <>
      <select
        className={CONTROL_LOOK}
        {...control}
        value={value}
        onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
      >
        <option value="">
          {choices.length === 0 ? emptyReason(source, context) : props.required ? "Choose …" : "Not chosen"}
        </option>
        {known ? null : <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.unfit !== null}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChoiceDetails source={source} value={value} />
    </>
  );
}
