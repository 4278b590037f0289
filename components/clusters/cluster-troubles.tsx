import { hostAddress } from "@/components/hosts/addresses";
import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { TextLink } from "@/components/ui/text-link";
import { attentionOfCluster } from "@/lib/domain/attention/clusters";
import { sentence } from "@/lib/domain/attention/item";
import type { ClusterView } from "@/lib/domain/cluster";
import type { HostView } from "@/lib/domain/inventory";
import { membersOf } from "./cluster-members";

interface ClusterTroublesProps {
  cluster: ClusterView;
  hosts: ReadonlyMap<string, HostView>;
}

/** What is wrong with a cluster, and what to do about it; nothing where all is well. */
export function ClusterTroubles({ cluster, hosts }: ClusterTroublesProps) {
  const unreachable = membersOf(cluster, hosts).filter(({ state }) => state === "unreachable");
  const items = attentionOfCluster(cluster, hosts).filter(({ severity }) => severity !== "notice");
  if (unreachable.length === 0 && items.length === 0) return null;
  return (
    <div className="space-y-3">
      {unreachable.map(({ name, error }) => (
        <Alert
          key={name}
          tone="bad"
          title={`${name} could not be read: ${sentence(error?.message ?? "it does not answer")}`}
        >
          <p>
            <CodeText text={error?.next ?? ""} />{" "}
            <TextLink href={hostAddress(name)}>More about {name}</TextLink>
          </p>
        </Alert>
      ))}
      {items.map(({ id, severity, what, next }) => (
        <Alert key={id} tone={severity === "critical" ? "bad" : "warn"} title={what}>
          <p>
            <CodeText text={next} />
          </p>
        </Alert>
      ))}
    </div>
  );
}
