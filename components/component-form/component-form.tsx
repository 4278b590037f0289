"use client";

import Form from "@rjsf/core/lib/components/Form.js";
import { createSchemaUtils, type RJSFSchema, type RJSFValidationError } from "@rjsf/utils";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { watchPresses } from "@/components/form/after-press";
import { ErrorSummary } from "@/components/form/error-summary";
import type { FormData, FormEvent } from "@/components/form/form-event";
import { FormStateContext } from "@/components/form/form-state";
import { controlId, ID_PREFIX } from "@/components/form/ids";
import { FieldTemplate } from "@/components/form/templates";
import { uiSchemaOf } from "@/components/form/ui-schema";
import { errorsOf } from "@/components/form/use-submit";
import { validatorOf } from "@/components/form/validator-of";
import { WIDGETS } from "@/components/form/widgets";
import { FailureAlert } from "@/components/shared/failure-alert";
import type { ShownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { Button } from "@/components/ui/button";
import type { FormDefinition } from "@/lib/client/form-definition";
import type { Accepted } from "@/lib/client/resources";
import { useJobStart } from "@/lib/client/use-job-start";
import type { VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { describeFormErrors } from "@/lib/schema/form-errors";
import { declaredFields } from "@/lib/schema/schema-set";
import { changesOf, emptiedFields, isUnchanged } from "./changes";
import { FieldsTemplate } from "./fields-template";
import { useBody } from "./use-body";
import { useFieldState } from "./use-field-state";
import { useProblems } from "./use-problems";

const TEMPLATES = { FieldTemplate, ObjectFieldTemplate: FieldsTemplate, ErrorListTemplate: ErrorSummary };
const NOTHING: JsonObject = {};
const NO_REASONS = {};

export interface ComponentFormProps {
  /** What the form is drawn from and judged by: `loadBodyForm`. */
  definition: FormDefinition;
  /** The VM whose component it is: what its host offers is offered, and the job is told on its page. */
  vm: Pick<VmView, "vm_id" | "host">;
  /** What the fields begin with; the schema's defaults are filled in around it. */
  initial?: JsonObject;
  /**
   * For a change: the fields' values as they are now. Only what differs from them is sent, and a field that one has
   * left as it is is not judged. Without it the body makes something new, and is sent whole.
   */
  current?: JsonObject;
  /** By field: why it cannot be changed now. It is shown with its reason, and not typed into. */
  unavailable?: Readonly<Record<string, string>>;
  /** What else than the schema speaks against a body, each at its field. Told when the field is left; nothing is sent. */
  judge?: (body: JsonObject) => readonly FieldProblem[];
  /** What the page did to the values; it has the focus when the form appears. */
  note?: string | undefined;
  /** Sends the request. Its job is followed. */
  send: (body: JsonObject, idempotencyKey: string) => Promise<Accepted>;
  /** The server has taken the request (true), or one has turned away (false). */
  onDone: (taken: boolean) => void;
  /** What could not be done, as the title of a failure: "The disk was not added". */
  failed: string;
  /**
   * Instead of the failure's own words, where no field is to blame; null: those. What is typed stays, whatever it does.
   *
   * @param body what would be sent now
   */
  remedy?: (failure: unknown, body: JsonObject) => ReactNode;
  /** The same request for a script. @param body what would be sent now */
  request?: (body: JsonObject) => ShownRequest;
  /** On the button that sends. */
  submit: string;
}

/**
 * The form of one component's body, drawn from the component's own schema: the fields, choices and sentences of the New
 * VM form. What is wrong is told when a field is left; what the server refuses stands at its field, and nothing that was
 * typed is lost by it.
 */
export function ComponentForm(props: ComponentFormProps) {
  const { definition, vm, initial = NOTHING, current, unavailable = NO_REASONS, judge, note } = props;
  const { schema } = definition;
  const validator = useMemo(() => validatorOf(definition), [definition]);
  const schemaUtils = useMemo(
    () => createSchemaUtils<FormData, RJSFSchema>(validator, schema as RJSFSchema),
    [validator, schema],
  );
  const uiSchema = useMemo(() => uiSchemaOf(schema), [schema]);
  const { values, latest, change } = useBody(schema, schemaUtils, initial);
  const { pending, failure, run } = useJobStart(vm.vm_id);
  const { attempt, refusal, problems, alert, refuse, forget } = useProblems(failure);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [idle, setIdle] = useState(false);

  const body = current === undefined ? values : changesOf(current, values);
  const own = [...(current ? emptiedFields(schema, current, values) : []), ...(judge?.(body) ?? [])];
  const transformErrors = useCallback(
    (errors: RJSFValidationError[]) =>
      describeFormErrors(schema, errors).filter(
        ({ property }) => !isUnchanged(property?.slice(1) ?? "", current, latest.current),
      ),
    [schema, current, latest],
  );
  const extraErrors = errorsOf([...own, ...problems]);
  const state = useFieldState({ schema, values, hostName: vm.host, left, attempt, refusal, unavailable });

  useEffect(() => {
    const stop = new AbortController();
    watchPresses(stop.signal);
    return () => stop.abort();
  }, []);

  function leaveAll() {
    setLeft(new Set(declaredFields(schema).map(({ name }) => controlId(name))));
  }

  async function send() {
    leaveAll();
    if (own.length > 0) return refuse();
    const nothing = current !== undefined && Object.keys(body).length === 0;
    setIdle(nothing);
    if (nothing) return;
    if (await run(body, (key) => props.send(body, key))) props.onDone(true);
  }

  const remedy = failure && refusal === null ? props.remedy?.(failure, body) : null;
  return (
    <FormStateContext value={state}>
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
        onChange={(event: FormEvent, id) => {
          change(event);
          setIdle(false);
          if (id !== undefined) forget(id);
        }}
        onBlur={(id) => setLeft((before) => new Set([...before, id]))}
        onError={() => {
          leaveAll();
          refuse();
        }}
        onSubmit={() => void send()}
      >
        {note ? <Note text={note} /> : null}
        {failure && refusal === null
          ? (remedy ?? <FailureAlert ref={alert} failure={failure} title={props.failed} />)
          : null}
        <p role="status" className="text-warn empty:hidden">
          {idle ? "Nothing is changed yet." : null}
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => props.onDone(false)}>Cancel</Button>
          <Button type="submit" tone="primary" pending={pending}>
            {props.submit}
          </Button>
        </div>
        {props.request ? <RequestTextsFold request={props.request(body)} /> : null}
      </Form>
    </FormStateContext>
  );
}

/** Has the focus when it appears: what one pressed to get here is gone. */
function Note({ text }: { text: string }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <p ref={place} tabIndex={-1} className="text-busy outline-none">
      {text}
    </p>
  );
}
