import { Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { attentionOfHost } from "@/lib/domain/attention/hosts";
import type { ClusterView } from "@/lib/domain/cluster";
import type { HostView } from "@/lib/domain/inventory";

/** What is wrong with a host, and what to do about it; nothing where all is well. */
export function HostTroubles({ host, cluster }: { host: HostView; cluster: ClusterView | undefined }) {
  const { error } = host;
  const items = attentionOfHost(host, cluster);
  if (items.length === 0) return null;
  return (
    <div className="space-y-3">
      {items.map(({ id, kind, severity, what, next, since }) => (
        <Alert key={id} tone={severity === "critical" ? "bad" : "warn"} title={what}>
          <p>
            <CodeText text={next} />
          </p>
          {kind === "host_unreachable" && error ? (
            <p className="text-muted text-xs">
              {since === null ? null : (
                <>
                  Since <Time iso={since} /> ·{" "}
                </>
              )}
              <span className="font-mono">{error.code}</span>
              {host.record ? " · below stands what was known last" : null}
            </p>
          ) : null}
        </Alert>
      ))}
    </div>
  );
}
