"use client";

import Form from "@rjsf/core/lib/components/Form.js";
import { createSchemaUtils, type RJSFSchema, type RJSFValidationError } from "@rjsf/utils";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { jobAddress } from "@/components/shared/addresses";
import { Button } from "@/components/ui/button";
import type { FormDefinition } from "@/lib/client/form-definition";
import { useHosts } from "@/lib/client/hooks";
import { refreshRecentJobs } from "@/lib/client/job-hooks";
import type { JsonObject } from "@/lib/domain/json";
import { describeFormErrors } from "@/lib/schema/form-errors";
import { secretFields } from "@/lib/schema/secret-fields";
import { watchPresses } from "./after-press";
import { type Destination, NEW_DEPLOYMENT } from "./destination";
import { ErrorSummary } from "./error-summary";
import type { FormData, FormEvent } from "./form-event";
import { FormStateContext } from "./form-state";
import { controlId, ID_PREFIX } from "./ids";
import type { Note } from "./reconcile";
import type { Start } from "./start";
import { StartNote } from "./start-note";
import { SubmitFailure } from "./submit-failure";
import { FieldTemplate, SectionsTemplate } from "./templates";
import { uiSchemaOf } from "./ui-schema";
import { useChoiceContext } from "./use-choice-context";
import { useDraftFlush } from "./use-draft";
import { NAME_FIELD, useNameCheck } from "./use-name-check";
import { useReview } from "./use-review";
import { errorsOf, useSubmit } from "./use-submit";
import { useValues } from "./use-values";
import { validatorOf } from "./validator-of";
import { WIDGETS } from "./widgets";

/** Nobody needs it before the form is filled in: it is loaded once the server would take the request. */
const loadReview = () => import("./review");
const Review = lazy(() => loadReview().then((module) => ({ default: module.Review })));

const TEMPLATES = {
  FieldTemplate,
  ObjectFieldTemplate: SectionsTemplate,
  ErrorListTemplate: ErrorSummary,
};

interface NewVmFormProps {
  definition: FormDefinition;
  start: Start;
  /** A new deployment, unless told otherwise. */
  destination?: Destination;
  onDiscard: () => void;
}

/** The New VM form, drawn from the composed schema, and the review of what it asks for. */
export function NewVmForm({ definition, start, destination = NEW_DEPLOYMENT, onDiscard }: NewVmFormProps) {
  const { schema } = definition;
  const { fixed } = destination;
  const { draft } = start;
  const router = useRouter();
  const validator = useMemo(() => validatorOf(definition), [definition]);
  const schemaUtils = useMemo(
    () => createSchemaUtils<FormData, RJSFSchema>(validator, schema as RJSFSchema),
    [validator, schema],
  );
  const transformErrors = useCallback(
    (errors: RJSFValidationError[]) => describeFormErrors(schema, errors),
    [schema],
  );
  const uiSchema = useMemo(() => uiSchemaOf(schema), [schema]);
  const secrets = useMemo(() => secretFields(schema), [schema]);
  const { hosts, error: hostsError, refresh: refreshHosts } = useHosts();
  const { values, notes, change, shown, latest } = useValues(schema, schemaUtils, hosts, start.values, fixed);
  const choices = useChoiceContext(schema, values, hosts);
  const nameCheck = useNameCheck();
  const review = useReview();
  const reviewButton = useRef<HTMLSpanElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (ids: readonly string[]) => setLeft((before) => new Set([...before, ...ids]));
  const leaveAll = () => leave([...shown()].map(controlId));
  const submit = useSubmit(destination, {
    async onChecked(body) {
      await loadReview();
      review.open(body);
    },
    onAccepted(jobId) {
      draft.clear();
      void refreshRecentJobs();
      router.push(jobAddress(jobId));
    },
    onRefused: review.close,
  });

  useDraftFlush(draft);
  useEffect(() => {
    const stop = new AbortController();
    watchPresses(stop.signal);
    return () => stop.abort();
  }, []);
  // What was filled in has been left, as it were: a name that has been taken since then is told at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what the form begins with
  useEffect(() => {
    if (start.values[NAME_FIELD] === undefined || fixed[NAME_FIELD] !== undefined) return;
    leave([controlId(NAME_FIELD)]);
    void nameCheck.check(start.values[NAME_FIELD]);
  }, []);

  const { problem: nameProblem, free: nameFree } = nameCheck;
  const extraErrors = useMemo(() => {
    const told = submit.problems.some(({ pointer }) => pointer === nameProblem?.pointer);
    return errorsOf(nameProblem === null || told ? submit.problems : [...submit.problems, nameProblem]);
  }, [submit.problems, nameProblem]);

  const state = useMemo(
    () => ({
      choices,
      choicesError: hostsError,
      hostsLoading: hosts === undefined && !hostsError,
      onRetryChoices: () => void refreshHosts(),
      left,
      attempt: submit.attempt,
      refusal: submit.refusal,
      notes: nameFree ? { ...notes, [NAME_FIELD]: NAME_FREE } : notes,
      unavailable: fixed,
    }),
    [choices, hosts, hostsError, refreshHosts, left, submit.attempt, submit.refusal, notes, nameFree, fixed],
  );

  return (
    <FormStateContext value={state}>
      <div className="space-y-4">
        {submit.failure ? <SubmitFailure failure={submit.failure} ref={submit.failureRef} /> : null}
        {review.body === null ? <StartNote start={start} onDiscard={onDiscard} /> : null}
        <div hidden={review.body !== null}>
          <Form<FormData, RJSFSchema>
            schema={schema as RJSFSchema}
            validator={validator}
            transformErrors={transformErrors}
            uiSchema={uiSchema}
            templates={TEMPLATES}
            widgets={WIDGETS}
            formData={values}
            extraErrors={extraErrors}
            idPrefix={ID_PREFIX}
            className="space-y-4"
            autoComplete="off"
            noHtml5Validate
            liveValidate="onBlur"
            showErrorList="top"
            onChange={(event: FormEvent) => {
              const changed = change(event);
              for (const name of changed) submit.forget(name);
              if (changed.includes(NAME_FIELD)) nameCheck.forget();
              if (changed.length > 0) draft.keep(withoutFields(latest(), secrets));
            }}
            onBlur={(id, value) => {
              leave([id]);
              if (id === controlId(NAME_FIELD) && fixed[NAME_FIELD] === undefined)
                void nameCheck.check(value);
            }}
            onError={() => {
              leaveAll();
              submit.refuse();
            }}
            onSubmit={(event: FormEvent) => {
              leaveAll();
              void submit.check(event);
            }}
          >
            <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-canvas px-1 py-3">
              <span ref={reviewButton}>
                <Button type="submit" tone="primary" pending={submit.pending === "check"}>
                  {submit.pending === "check" ? "Checking …" : "Review"}
                </Button>
              </span>
              <p className="text-muted text-xs">
                <span className="text-bad">*</span> is required. Nothing is done before you have seen the
                review.
              </p>
            </div>
          </Form>
        </div>
        {review.body === null ? null : (
          <Suspense>
            <Review
              schema={schema}
              body={review.body}
              destination={destination}
              pending={submit.pending === "create"}
              onBack={() => {
                submit.clear();
                flushSync(review.close);
                reviewButton.current?.querySelector("button")?.focus();
              }}
              onCreate={() => {
                if (review.body !== null) void submit.create(review.body);
              }}
            />
          </Suspense>
        )}
      </div>
    </FormStateContext>
  );
}

const NAME_FREE: Note = { kind: "filled", text: "No host has a VM of this name." };

function withoutFields(values: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}
