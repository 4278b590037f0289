import { VisibleText } from "@/components/shared/visible-text";
import { LongList } from "@/components/ui/long-list";
import { counted } from "@/lib/domain/amounts";
import type { BulkVm, LeftOut } from "./bulk-plan";

/** Of VMs that are left out for one reason so many are named. */
const NAMED = 12;

/** The VMs that an action is for, by name, with where and how each is. */
export function AbleVms({ label, vms }: { label: string; vms: readonly BulkVm[] }) {
  return (
    <LongList
      label={label}
      items={vms}
      keyOf={({ vm }) => vm.vm_id}
      className="max-h-[min(14rem,30dvh)]"
      render={({ vm }) => (
        <span className="flex flex-wrap justify-between gap-x-4">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
            <VisibleText text={vm.vm_name} />
          </span>
          <span className="text-muted text-sm">
            {vm.state} · {vm.host}
          </span>
        </span>
      )}
    />
  );
}

/** The VMs that an action is not for, each reason once; nothing where there is none. */
export function LeftOutVms({ left }: { left: readonly LeftOut<BulkVm>[] }) {
  if (left.length === 0) return null;
  const count = left.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <div>
      <h3 className="mb-1 font-medium">{counted(count, "VM")} left out</h3>
      <section
        aria-label="Left out"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="max-h-[min(12rem,25dvh)] overflow-y-auto text-sm"
      >
        <ul className="space-y-1.5">
          {left.map(({ why, items }) => (
            <li key={why} className="border-warn/60 border-l-2 pl-2.5">
              {why}
              <span className="block text-muted [overflow-wrap:anywhere]">
                {items.slice(0, NAMED).map(({ vm }, index) => (
                  <span key={vm.vm_id}>
                    {index === 0 ? "" : ", "}
                    <VisibleText text={vm.vm_name} />
                  </span>
                ))}
                {items.length > NAMED ? ` and ${counted(items.length - NAMED, "other")}` : ""}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
