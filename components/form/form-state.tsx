"use client";

import { createContext, useContext } from "react";
import type { Failure } from "@/lib/client/failure";
import type { ChoiceContext } from "./choices";
import type { Note } from "./reconcile";

/**
 * What the fields need besides their value. It goes by React's context and not by the form library's
 * `formContext`: that one is compared deeply on every key, and an inventory is large.
 */
export interface FormState {
  choices: ChoiceContext;
  /** Why the hosts could not be read; null: they could. */
  choicesError: unknown;
  /** The hosts are being read for the first time. */
  hostsLoading: boolean;
  onRetryChoices: () => void;
  /**
   * Ids of the fields that were left once, or were there at a try to submit: only these show what is
   * wrong with them. A field that appears later is as untouched as any other.
   */
  left: ReadonlySet<string>;
  /** Counts the tries to submit that failed: each one moves the focus to the summary of what is wrong. */
  attempt: number;
  /** What the server said of the last try, where it blames fields. */
  refusal: Failure | null;
  /** By field: what the page did to its value. */
  notes: Readonly<Record<string, Note>>;
  /** By field: why it cannot be changed now. */
  unavailable: Readonly<Record<string, string>>;
}

export const FormStateContext = createContext<FormState | null>(null);

export function useFormState(): FormState {
  const state = useContext(FormStateContext);
  if (state === null) throw new Error("A field of the form stands outside of it.");
  return state;
}

/** The errors to show at a field: none while nobody has been there. */
export function useVisibleErrors(id: string, errors: readonly string[] | undefined): readonly string[] {
  const { left } = useFormState();
  if (!errors || errors.length === 0 || !left.has(id)) return NONE;
  return [...new Set(errors)];
}

const NONE: readonly string[] = [];
