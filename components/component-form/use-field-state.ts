import { useMemo } from "react";
import type { FormState } from "@/components/form/form-state";
import { choiceContextOf } from "@/components/form/use-choice-context";
import { useHosts } from "@/lib/client/hooks";
import type { JsonObject } from "@/lib/domain/json";

interface FieldStateParts extends Pick<FormState, "left" | "attempt" | "refusal" | "unavailable"> {
  schema: JsonObject;
  values: JsonObject;
  /** Whose networks, images and storage are offered. */
  hostName: string;
}

const NO_NOTES = {};

/** What the fields of a component's form need besides their values. */
export function useFieldState(parts: FieldStateParts): FormState {
  const { schema, values, hostName, left, attempt, refusal, unavailable } = parts;
  const { hosts, error, refresh } = useHosts();
  const choices = useMemo(
    () => ({
      ...choiceContextOf(schema, values, hosts),
      host: hosts?.find(({ name }) => name === hostName) ?? null,
    }),
    [schema, values, hosts, hostName],
  );
  return useMemo(
    () => ({
      choices,
      choicesError: error,
      hostsLoading: hosts === undefined && !error,
      onRetryChoices: () => void refresh(),
      left,
      attempt,
      refusal,
      notes: NO_NOTES,
      unavailable,
    }),
    [choices, hosts, error, refresh, left, attempt, refusal, unavailable],
  );
}
