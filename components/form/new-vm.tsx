"use client";

import useSWRImmutable from "swr/immutable";
import { LoadFailure } from "@/components/shared/load-failure";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { loadFormDefinition } from "@/lib/client/form-definition";

/** The form library is large and nothing else needs it: it is loaded beside the schemas. */
async function loadForm() {
  const [definition, { NewVmForm }] = await Promise.all([loadFormDefinition(), import("./new-vm-form")]);
  return { definition, NewVmForm };
}

export function NewVm() {
  const { data, error, mutate } = useSWRImmutable("new-vm-form", loadForm);
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="New VM"
        summary="One VM with one disk and one network adapter, set up and running."
      />
      {data ? <data.NewVmForm definition={data.definition} /> : null}
      <LoadFailure failure={error} what="The form" shown={false} onRetry={() => void mutate()} />
      {data || error ? null : <LoadingRows label="Loading the form" rows={10} />}
    </div>
  );
}
