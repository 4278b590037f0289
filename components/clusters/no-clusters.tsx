import { NoHosts } from "@/components/shared/no-hosts";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import type { HostView } from "@/lib/domain/inventory";

/** In the place of clusters where there is none: which is fine, or not known yet. */
export function NoClusters({ hosts }: { hosts: readonly HostView[] }) {
  if (hosts.length === 0) return <NoHosts />;
  const read = hosts.filter(({ record }) => record !== null).length;
  if (read < hosts.length) {
    return (
      <Empty title="No clusters are known so far">
        {read} of {hosts.length} <TextLink href="/hosts">hosts</TextLink> have been read; a cluster shows once
        one of its nodes has.
      </Empty>
    );
  }
  return (
    <Empty title="No clusters">
      {hosts.length === 1
        ? "The host stands by itself"
        : `Each of the ${hosts.length} hosts stands by itself`}
      , which is fine: VMs are created on <TextLink href="/hosts">hosts</TextLink>. A failover cluster shows
      here once one of its nodes is configured.
    </Empty>
  );
}
