import { Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import type { HostView } from "@/lib/domain/inventory";

/** Names each host that does not answer, why, and what to do; nothing where all do. */
export function UnreachableHosts({ hosts }: { hosts: readonly HostView[] }) {
  const silent = hosts.filter((host) => host.state === "unreachable");
  if (silent.length === 0) return null;
  const [first] = silent;
  const title =
    silent.length === 1 && first ? `${first.name} does not answer` : `${silent.length} hosts do not answer`;
  return (
    <Alert tone="warn" title={title}>
      <p>What is shown of {silent.length === 1 ? "it" : "them"} is what was known last.</p>
      <ul className="space-y-1">
        {silent.map((host) => (
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
