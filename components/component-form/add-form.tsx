"use client";

import useSWRImmutable from "swr/immutable";
import { FailureAlert } from "@/components/shared/failure-alert";
import { LoadingRows } from "@/components/ui/loading";
import { type BodyName, loadBodyForm } from "@/lib/client/body-form";
import { ComponentForm, type ComponentFormProps } from "./component-form";

interface AddFormProps extends Omit<ComponentFormProps, "definition" | "current" | "note" | "remedy"> {
  body: BodyName;
  /** Above the fields: what one must know of what is made. */
  intro: string;
}

/** The form of a component that is made. */
export function AddForm({ body, intro, ...rest }: AddFormProps) {
  const { data, error, mutate } = useBodyForm(body);
  if (data !== undefined) {
    return (
      <div className="space-y-4">
        <p className="text-muted">{intro}</p>
        <ComponentForm definition={data} {...rest} />
      </div>
    );
  }
  if (!error) return <LoadingRows label="Loading the form" rows={4} />;
  return <FailureAlert failure={error} title="The form could not be loaded" onRetry={() => void mutate()} />;
}

/** What the form of a body is made from: the same as long as the page is open. */
export function useBodyForm(name: BodyName) {
  return useSWRImmutable(["body-form", name], () => loadBodyForm(name));
}
