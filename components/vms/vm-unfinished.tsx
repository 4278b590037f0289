"use client";

import { continueAddress } from "@/components/shared/addresses";
import { Alert } from "@/components/ui/alert";
import { TextLink } from "@/components/ui/text-link";
import { useUnfinished } from "@/lib/client/unfinished";

/** On the page of a VM whose deployment was left unfinished: that it was, and the ways out. */
export function VmUnfinished({ vmId }: { vmId: string }) {
  const deployment = useUnfinished().data?.deployments.find(({ vm_id }) => vm_id === vmId);
  if (deployment === undefined) return null;
  return (
    <Alert tone="warn" title="Its deployment is unfinished">
      <p>
        It stopped in step {deployment.progress.step} of {deployment.progress.steps}, and nobody carries on
        with it. <TextLink href={continueAddress(deployment.deployment_id)}>Continue it</TextLink>, or{" "}
        <TextLink href="/unfinished">see what exists, and remove it</TextLink>.
      </p>
    </Alert>
  );
}
