"use client";

import { LoadFailure } from "@/components/shared/load-failure";
import { UnreachableHosts } from "@/components/shared/unreachable-hosts";
import { Dialog } from "@/components/ui/dialog";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { useSubjectDialog } from "@/components/ui/use-subject-dialog";
import { useHosts } from "@/lib/client/hooks";
import { useUnfinishedKept } from "@/lib/client/unfinished";
import type { HostView } from "@/lib/domain/inventory";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { visibleText } from "@/lib/domain/visible-text";
import { RemoveDeployment } from "./remove-deployment";
import { UnfinishedItem } from "./unfinished-item";

const NO_HOSTS: readonly HostView[] = [];

/** Deployments that nobody carries on with, and what can be done about each. */
export function UnfinishedList() {
  const { data, error, mutate } = useUnfinishedKept(true);
  const hosts = useHosts().hosts ?? NO_HOSTS;
  const deployments = data?.deployments;
  const removal = useSubjectDialog<UnfinishedDeployment>();
  return (
    <>
      <PageHeader
        title="Unfinished deployments"
        summary="They failed, were canceled, or lost their server in the middle. Their VMs' notes tell of them."
      />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The unfinished deployments"
          shown={deployments !== undefined}
          onRetry={() => void mutate()}
        />
        <UnreachableHosts hosts={hosts} />
        {deployments === undefined ? (
          error ? null : (
            <LoadingRows label="Loading the unfinished deployments" rows={6} />
          )
        ) : deployments.length === 0 ? (
          <NoneLeft hosts={hosts} />
        ) : (
          deployments.map((deployment) => (
            <UnfinishedItem
              key={deployment.deployment_id}
              deployment={deployment}
              host={hosts.find(({ name }) => name === deployment.host)}
              onRemove={(from) => removal.show(deployment, from)}
            />
          ))
        )}
      </div>
      <Dialog
        title={`Remove ${visibleText(removal.subject?.vm_name ?? "")}?`}
        description={`What its deployment has made on ${removal.subject?.host}, for good.`}
        width="wide"
        holdsInput
        open={removal.open}
        onOpenChange={(open) => {
          if (!open) removal.close();
        }}
        finalFocus={removal.finalFocus}
      >
        {removal.subject === null ? null : (
          <RemoveDeployment
            deployment={removal.subject}
            onClose={() => {
              removal.close();
              void mutate();
            }}
          />
        )}
      </Dialog>
    </>
  );
}

/** None is known: whether there is one on a host that was not read, nobody knows. */
function NoneLeft({ hosts }: { hosts: readonly HostView[] }) {
  const unread = hosts.filter(({ as_of }) => as_of === null).map(({ name }) => name);
  return (
    <Empty title="No deployment is unfinished">
      <p>One that stops in the middle is listed here as soon as its host was read.</p>
      {unread.length === 0 ? null : <p>Not read yet: {unread.join(", ")}.</p>}
    </Empty>
  );
}
