"use client";

import type { WidgetProps } from "@rjsf/utils";
import { CONTROL_LOOK } from "@/components/ui/field";
import { OPTION_SOURCES } from "@/lib/schema/schema-set";
import { ChoiceDetails, detailsId } from "./choice-details";
import { choicesOf, emptyReason } from "./choices";
import { ChoicesFailed } from "./choices-failed";
import { useFormState } from "./form-state";
import { useControl } from "./use-control";

/** A list of what the chosen host offers. An empty one says why. */
export function ChoiceWidget(props: WidgetProps) {
  const { control } = useControl(props);
  const { choices: context, choicesError, hostsLoading, onRetryChoices } = useFormState();
  const source = OPTION_SOURCES.find((each) => each === props.options.source) ?? "hosts";
  const choices = choicesOf(source, context);
  const value = typeof props.value === "string" ? props.value : "";
  const known = value === "" || choices.some((choice) => choice.value === value);

  if (context.hosts.length === 0 && choicesError) {
    return <ChoicesFailed id={control.id} failure={choicesError} onRetry={onRetryChoices} />;
  }
  const nothing = hostsLoading ? "Reading what the hosts offer …" : emptyReason(source, context);
  return (
    <>
      <select
        className={CONTROL_LOOK}
        {...control}
        aria-describedby={[control["aria-describedby"], detailsId(control.id)].filter(Boolean).join(" ")}
        value={value}
        onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
      >
        <option value="">
          {choices.length === 0 ? nothing : props.required ? "Choose …" : "Not chosen"}
        </option>
        {known ? null : <option value={value}>{value}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.unfit !== null}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChoiceDetails id={control.id} source={source} value={value} />
    </>
  );
}
