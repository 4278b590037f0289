import type { ReactNode } from "react";
import { VisibleText } from "@/components/shared/visible-text";
import { PlannedFileText } from "@/components/vm-actions/deletion-files";
import type { Deletion } from "@/lib/client/vm-changes";
import { counted } from "@/lib/domain/amounts";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";

interface WhatGoesProps {
  deployment: UnfinishedDeployment;
  vm: Deletion["vm"];
  plan: Deletion["plan"];
}

/** All that removing an unfinished deployment deletes, in the order in which it is done. */
export function WhatGoes({ deployment: { half_made_disk }, vm, plan }: WhatGoesProps) {
  const isRunning = plan.state !== "off" && plan.state !== "saved";
  return (
    <ul aria-label="What goes" className="divide-y divide-line rounded-md border border-line">
      {plan.cluster_role === null ? null : (
        <Line note="It is removed from the cluster first.">
          The role <VisibleText text={plan.cluster_role} />
        </Line>
      )}
      <Line
        note={isRunning ? `It is ${plan.state}, and turned off first: its guest is not asked.` : "It is off."}
      >
        The VM <VisibleText text={vm.vm_name} /> on {vm.host}
        {vm.nics.length === 0 ? "" : `, with its ${counted(vm.nics.length, "network adapter")}`}
      </Line>
      {plan.files.map((file) => (
        <li key={file.path} className="px-3 py-1.5">
          <PlannedFileText file={file} />
        </li>
      ))}
      {half_made_disk === null ? null : (
        <Line note="The half of a copied disk, where the copy had begun.">
          <span className="font-mono text-xs">
            <VisibleText text={half_made_disk} />
          </span>
        </Line>
      )}
    </ul>
  );
}

function Line({ note, children }: { note: string; children: ReactNode }) {
  return (
    <li className="px-3 py-1.5 [overflow-wrap:anywhere]">
      {children}
      <span className="block text-muted text-xs">{note}</span>
    </li>
  );
}
