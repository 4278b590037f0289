"use client";

import { type ReactNode, useMemo, useState } from "react";
import useSWR from "swr";
import { FailureAlert } from "@/components/shared/failure-alert";
import type { ShownRequest } from "@/components/shared/request-texts";
import { LoadingRows } from "@/components/ui/loading";
import { ApiProblem } from "@/lib/client/api";
import type { BodyName } from "@/lib/client/body-form";
import type { Accepted } from "@/lib/client/resources";
import type { Versioned } from "@/lib/client/versioned";
import type { JsonObject } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { useBodyForm } from "./add-form";
import { differencesOf } from "./changes";
import { ComponentForm, type ComponentFormProps } from "./component-form";
import { Conflict } from "./conflict";

interface EditFormProps<Record> extends Pick<ComponentFormProps, "vm" | "onDone" | "failed" | "submit"> {
  body: BodyName;
  /** What is changed, in a sentence about it: "network adapter". */
  what: string;
  /** Tells what is changed from all else of its kind. */
  id: string;
  /** Asks its host how it is now. */
  read: () => Promise<Versioned<Record>>;
  /** The fields' values, as far as they are known. */
  valuesOf: (record: Record) => JsonObject;
  /** As `unavailable` and `judge` of {@link ComponentFormProps}, of the record as it is now. */
  unavailable?: FixedFields | ((record: Record) => FixedFields);
  judge?: (changes: JsonObject, record: Record) => readonly FieldProblem[];
  /** Above the fields: what one must know of it. */
  intro?: (record: Record) => ReactNode;
  /** The same request for a script. @param version that it must still have */
  request?: (changes: JsonObject, version: string | null) => ShownRequest;
  /** @param version that it must still have */
  send: (changes: JsonObject, version: string | null, idempotencyKey: string) => Promise<Accepted>;
}

type FixedFields = Readonly<{ [field: string]: string }>;

/** What the form stands on. */
interface Ground<Record> extends Versioned<Record> {
  /** One's own changes over it. */
  mine: JsonObject;
  note?: string;
}

/**
 * The form that changes a component. It is read anew when the form opens, and saved only over what was read then: where
 * somebody has changed it meanwhile, the input stays, and one chooses what becomes of it.
 */
export function EditForm<Record>(props: EditFormProps<Record>) {
  const { body, what, id, read, valuesOf, unavailable, judge, intro, request, send, ...rest } = props;
  const definition = useBodyForm(body);
  const first = useSWR(["edited", body, id], read, {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
    dedupingInterval: 0,
  });
  const [later, setLater] = useState<Ground<Record> | null>(null);
  const content = (later ?? first.data)?.content;
  const fixed = useMemo(() => {
    if (typeof unavailable !== "function") return unavailable;
    return content === undefined ? undefined : unavailable(content);
  }, [unavailable, content]);

  const failure = definition.error ?? first.error;
  if (failure) {
    return (
      <FailureAlert
        failure={failure}
        title={`The ${what} could not be read`}
        onRetry={() => {
          void definition.mutate();
          void first.mutate();
        }}
      />
    );
  }
  // What an earlier visit has read is not shown again.
  if (definition.data === undefined || first.data === undefined || (first.isValidating && later === null)) {
    return <LoadingRows label={`Reading the ${what}`} rows={4} />;
  }
  const { schema } = definition.data;
  const ground: Ground<Record> = later ?? { ...first.data, mine: {} };
  const current = valuesOf(ground.content);
  return (
    <div className="space-y-4">
      {intro?.(ground.content)}
      <ComponentForm
        key={ground.version}
        {...rest}
        definition={definition.data}
        initial={{ ...current, ...ground.mine }}
        current={current}
        note={ground.note}
        {...(fixed ? { unavailable: fixed } : {})}
        {...(judge ? { judge: (changes) => judge(changes, ground.content) } : {})}
        {...(request ? { request: (changes) => request(changes, ground.version) } : {})}
        send={(changes, key) => send(changes, ground.version, key)}
        remedy={(thrown, mine) =>
          isConflict(thrown) ? (
            <ChangedMeanwhile id={id} read={read} what={what}>
              {(now) => (
                <Conflict
                  what={what}
                  differences={differencesOf(schema, current, valuesOf(now.content), mine)}
                  onKeep={() =>
                    setLater({
                      ...now,
                      mine,
                      note: "Your changes stand over what is there now: save them again.",
                    })
                  }
                  onTake={() =>
                    setLater({ ...now, mine: {}, note: "These are the values that are there now." })
                  }
                />
              )}
            </ChangedMeanwhile>
          ) : null
        }
      />
    </div>
  );
}

interface ChangedMeanwhileProps<Record> extends Pick<EditFormProps<Record>, "id" | "read" | "what"> {
  children: (now: Versioned<Record>) => ReactNode;
}

/** Reads it once more. */
function ChangedMeanwhile<Record>({ id, read, what, children }: ChangedMeanwhileProps<Record>) {
  const { data, error, isValidating, mutate } = useSWR(["edited-meanwhile", what, id], read, {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
    dedupingInterval: 0,
  });
  if (error) {
    return (
      <FailureAlert
        failure={error}
        title={`The ${what} was changed while you edited it, and could not be read again`}
        onRetry={() => void mutate()}
      />
    );
  }
  if (data === undefined || isValidating) return <LoadingRows label={`Reading the ${what} again`} rows={2} />;
  return children(data);
}

function isConflict(thrown: unknown): boolean {
  return thrown instanceof ApiProblem && thrown.problem.code === "vm_changed";
}
