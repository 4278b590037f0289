import { UnreachableHost } from "@/components/shared/unreachable-hosts";
import { Alert } from "@/components/ui/alert";
import { formatCount } from "@/lib/domain/amounts";
import type { HostView } from "@/lib/domain/inventory";

interface StaleVmsProps {
  hosts: readonly HostView[];
  /** Shows the VMs of these hosts alone. */
  onShow: (hosts: readonly string[]) => void;
}

/** Says in a few lines which VMs are shown as they were known last, why, and what to do; nothing where none is. */
export function StaleVms({ hosts, onShow }: StaleVmsProps) {
  const unread = hosts.filter(({ state }) => state === "unreachable");
  const [first] = unread;
  if (first === undefined) return null;
  const one = unread.length === 1;
  const vms = unread.reduce((sum, { vm_count }) => sum + vm_count, 0);
  const known =
    vms === 0 ? "" : `: ${vms === 1 ? "1 VM is" : `${formatCount(vms)} VMs are`} shown as last known`;
  return (
    <Alert
      tone="warn"
      title={`${one ? first.name : `${unread.length} of ${hosts.length} hosts`} could not be read${known}`}
    >
      <div className="flex flex-wrap items-start gap-x-6">
        {one ? (
          <p>
            <UnreachableHost host={first} />
          </p>
        ) : (
          <details>
            <summary className="min-h-6 w-fit">Which, why, and what to do</summary>
            <ul className="mt-1 max-h-60 space-y-1.5 overflow-y-auto">
              {unread.map((host) => (
                <li key={host.name}>
                  <UnreachableHost host={host} />
                </li>
              ))}
            </ul>
          </details>
        )}
        {vms === 0 ? null : (
          <button
            type="button"
            className="min-h-6 text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
            onClick={() => onShow(unread.map(({ name }) => name))}
          >
            Show {one ? "its" : "their"} VMs alone
          </button>
        )}
      </div>
    </Alert>
  );
}
