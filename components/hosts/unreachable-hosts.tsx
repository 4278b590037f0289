import { Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import type { HostView } from "@/lib/domain/inventory";

/** Names each host that could not be read, why, and what to do; nothing where all do. */
export function UnreachableHosts({ hosts }: { hosts: readonly HostView[] }) {
  const unread = hosts.filter((host) => host.state === "unreachable");
  if (unread.length === 0) return null;
  const [first] = unread;
  const title =
    unread.length === 1 && first
      ? `${first.name} could not be read`
      : `${unread.length} hosts could not be read`;
  return (
    <Alert tone="warn" title={title}>
      <p>What is shown of {unread.length === 1 ? "it" : "them"} is what was known last.</p>
      <ul className="space-y-1">
        {unread.map((host) => (
          <li key={host.name}>
            <strong className="font-medium">{host.name}</strong>
            {host.error ? (
              <>
                , since <Time iso={host.error.since} />: {host.error.message} {host.error.next}
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
