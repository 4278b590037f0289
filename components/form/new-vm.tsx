"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import useSWRImmutable from "swr/immutable";
import { FailureAlert } from "@/components/shared/failure-alert";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { loadFormDefinition } from "@/lib/client/form-definition";
import { loadStart } from "./start";

/** The form library is large and nothing else needs it: it is loaded beside the schemas. */
async function loadForm(from: string | null) {
  const [definition, { NewVmForm }] = await Promise.all([loadFormDefinition(), import("./new-vm-form")]);
  return { definition, NewVmForm, start: await loadStart(definition.schema, from) };
}

/** The New VM form, empty or filled from `?from=job:<id>` or `?from=vm:<id>`. */
export function NewVm() {
  const from = useSearchParams().get("from");
  // Each visit asks anew: what the form begins with is not what an earlier visit began with.
  const [visit, setVisit] = useState(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  const { data, error, mutate } = useSWRImmutable(["new-vm-form", from, visit], () => loadForm(from));
  return (
    <div className="max-w-6xl">
      <PageHeader
        title="New VM"
        summary="One VM with one disk and one network adapter, set up and running."
      />
      {data ? (
        <data.NewVmForm
          key={`${from} ${visit}`}
          definition={data.definition}
          start={data.start}
          onDiscard={() => {
            data.start.draft.clear();
            setVisit(visit + 1);
          }}
        />
      ) : null}
      {error ? (
        <FailureAlert failure={error} title="The form could not be loaded" onRetry={() => void mutate()} />
      ) : null}
      {data || error ? null : <LoadingRows label="Loading the form" rows={10} />}
    </div>
  );
}
