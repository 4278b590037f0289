import { VisibleText } from "@/components/shared/visible-text";
import { CodeText } from "@/components/ui/code-text";
import { LongList } from "@/components/ui/long-list";
import { PlannedFileText } from "@/components/vm-actions/deletion-files";
import type { AskedVm } from "./bulk-deletion";

/** VMs that would be deleted, each with the files that would go with it. */
export function PlannedVms({ vms }: { vms: readonly AskedVm[] }) {
  return (
    <LongList
      label="VMs to delete"
      items={vms}
      keyOf={({ vm }) => vm.vm_id}
      className="max-h-[min(18rem,40dvh)]"
      render={(each) => <PlannedVm asked={each} />}
    />
  );
}

function PlannedVm({ asked: { vm, deletion } }: { asked: AskedVm }) {
  const plan = deletion?.plan;
  return (
    <>
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <VisibleText text={vm.vm_name} />
        </span>
        <span className="text-muted text-sm">
          {plan?.state ?? vm.state} · {vm.host}
        </span>
      </p>
      {plan === undefined || plan.cluster_role === null ? null : (
        <p className="text-muted text-xs">
          Its role <VisibleText text={plan.cluster_role} /> is removed from the cluster first.
        </p>
      )}
      {plan === undefined || plan.files.length === 0 ? (
        <p className="text-muted text-xs">It has no files that would go with it.</p>
      ) : (
        <ul>
          {plan.files.map((file) => (
            <li key={file.path}>
              <PlannedFileText file={file} />
            </li>
          ))}
        </ul>
      )}
      {plan === undefined || plan.next === null ? null : (
        <p className="text-warn text-xs">
          <CodeText text={plan.next} />
        </p>
      )}
    </>
  );
}
