"use client";

import Form from "@rjsf/core/lib/components/Form.js";
import type { RJSFSchema, RJSFValidationError } from "@rjsf/utils";
import AJV8PrecompiledValidator from "@rjsf/validator-ajv8/lib/precompiledValidator.js";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { FormDefinition } from "@/lib/client/form-definition";
import { useHosts } from "@/lib/client/hooks";
import { describeFormErrors } from "@/lib/schema/form-errors";
import { watchPresses } from "./after-press";
import { ErrorSummary } from "./error-summary";
import type { FormData, FormEvent } from "./form-event";
import { FormStateContext } from "./form-state";
import { controlId, ID_PREFIX } from "./ids";
import { SubmitFailure } from "./submit-failure";
import { FieldTemplate, SectionsTemplate } from "./templates";
import { uiSchemaOf } from "./ui-schema";
import { useChoiceContext } from "./use-choice-context";
import { useSubmit } from "./use-submit";
import { useValues } from "./use-values";
import { WIDGETS } from "./widgets";

const TEMPLATES = {
  FieldTemplate,
  ObjectFieldTemplate: SectionsTemplate,
  ErrorListTemplate: ErrorSummary,
};

/** The New VM form, drawn from the composed schema. */
export function NewVmForm({ definition }: { definition: FormDefinition }) {
  const router = useRouter();
  const validator = useMemo(() => validatorOf(definition), [definition]);
  const transformErrors = useCallback(
    (errors: RJSFValidationError[]) => describeFormErrors(definition.schema, errors),
    [definition],
  );
  const uiSchema = useMemo(() => uiSchemaOf(definition.schema), [definition]);
  const hosts = useHosts();
  const { values, notes, change, shown } = useValues(definition.schema, hosts.data?.hosts);
  const choices = useChoiceContext(definition.schema, values, hosts.data?.hosts);
  const submit = useSubmit((jobId) => router.push(`/jobs/${encodeURIComponent(jobId)}`));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (ids: readonly string[]) => setLeft((before) => new Set([...before, ...ids]));
  const leaveAll = () => leave([...shown()].map(controlId));

  useEffect(() => {
    const stop = new AbortController();
    watchPresses(stop.signal);
    return () => stop.abort();
  }, []);

  const state = useMemo(
    () => ({
      choices,
      choicesError: hosts.error,
      onRetryChoices: () => void hosts.mutate(),
      left,
      attempt: submit.attempt,
      refusal: submit.refusal,
      notes,
    }),
    [choices, hosts.error, hosts.mutate, left, submit.attempt, submit.refusal, notes],
  );

  return (
    <FormStateContext value={state}>
      <div className="space-y-4">
        {submit.failure ? <SubmitFailure failure={submit.failure} ref={submit.failureRef} /> : null}
        <Form<FormData, RJSFSchema>
          schema={definition.schema as RJSFSchema}
          validator={validator}
          transformErrors={transformErrors}
          uiSchema={uiSchema}
          templates={TEMPLATES}
          widgets={WIDGETS}
          formData={values}
          extraErrors={submit.fieldErrors}
          idPrefix={ID_PREFIX}
          className="space-y-4"
          autoComplete="off"
          noHtml5Validate
          liveValidate="onBlur"
          showErrorList="top"
          onChange={(event: FormEvent) => {
            const changed = change(event);
            for (const name of changed) submit.forget(name);
          }}
          onBlur={(id) => leave([id])}
          onError={() => {
            leaveAll();
            submit.refuse();
          }}
          onSubmit={(event: FormEvent) => {
            leaveAll();
            void submit.send(event);
          }}
        >
          <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-canvas px-1 py-3">
            <Button type="submit" tone="primary" pending={submit.pending}>
              {submit.pending ? "Creating …" : "Create VM"}
            </Button>
            <p className="text-muted text-xs">
              <span className="text-bad">*</span> is required
            </p>
          </div>
        </Form>
      </div>
    </FormStateContext>
  );
}

function validatorOf({ schema, validators }: FormDefinition) {
  // The library has a type of its own for what AJV has compiled.
  type Compiled = ConstructorParameters<typeof AJV8PrecompiledValidator>[0];
  return new AJV8PrecompiledValidator<FormData, RJSFSchema>(
    validators as unknown as Compiled,
    schema as RJSFSchema,
  );
}
