"use client";

import Form, { type IChangeEvent } from "@rjsf/core/lib/components/Form.js";
import type { RJSFSchema } from "@rjsf/utils";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { Button } from "@/components/ui/button";
import type { FormDefinition } from "@/lib/client/form-definition";
import { useHosts } from "@/lib/client/hooks";
import type { JsonObject } from "@/lib/domain/json";
import { ErrorSummary } from "./error-summary";
import { FormStateContext } from "./form-state";
import { FormValidator } from "./form-validator";
import { ID_PREFIX } from "./ids";
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
  const validator = useMemo(() => new FormValidator(definition), [definition]);
  const uiSchema = useMemo(() => uiSchemaOf(definition.schema), [definition]);
  const hosts = useHosts();
  const { values, notes, change } = useValues(definition.schema, hosts.data?.hosts);
  const choices = useChoiceContext(definition.schema, values, hosts.data?.hosts);
  const submit = useSubmit((jobId) => router.push(`/jobs/${encodeURIComponent(jobId)}`));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());

  const state = useMemo(
    () => ({
      choices,
      choicesError: hosts.error,
      onRetryChoices: () => void hosts.mutate(),
      left,
      submitted: submit.attempt > 0,
      attempt: submit.attempt,
      refusal: submit.refusal,
      notes,
    }),
    [choices, hosts.error, hosts.mutate, left, submit.attempt, submit.refusal, notes],
  );

  return (
    <FormStateContext value={state}>
      <div className="space-y-4">
        {submit.failure ? (
          <FailureAlert ref={submit.failureRef} failure={submit.failure} title="The VM was not created" />
        ) : null}
        <Form<JsonObject, RJSFSchema>
          schema={definition.schema as RJSFSchema}
          validator={validator}
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
          disabled={false}
          onChange={(event: IChangeEvent<JsonObject>) => {
            const changed = change(event);
            for (const name of changed) submit.forget(name);
          }}
          onBlur={(id) => setLeft((before) => (before.has(id) ? before : new Set(before).add(id)))}
          onError={submit.refuse}
          onSubmit={(event: IChangeEvent<JsonObject>) => void submit.send(event)}
        >
          <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-canvas px-1 py-3">
            <Button type="submit" tone="primary" pending={submit.pending}>
              {submit.pending ? "Creating …" : "Create VM"}
            </Button>
            <p className="text-muted text-xs">
              <span className="text-bad">*</span> is required. The VM is powered on once its guest can be set
              up.
            </p>
          </div>
        </Form>
      </div>
    </FormStateContext>
  );
}
