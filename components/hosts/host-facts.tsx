import { clusterAddress } from "@/components/shared/addresses";
import { Time } from "@/components/shared/time";
import { Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { useNow } from "@/lib/client/hooks";
import { formatDuration } from "@/lib/domain/amounts";
import type { HostView } from "@/lib/domain/inventory";

/** What machine a host is. */
export function HostFacts({ host }: { host: HostView }) {
  const { record, address, error } = host;
  const where = { term: "WinRM", value: <span className="font-mono text-sm">{address}</span> };
  const failure =
    error === null
      ? []
      : [
          {
            term: "Not read since",
            value: (
              <>
                <Time iso={error.since} /> <span className="font-mono text-bad text-sm">{error.code}</span>
              </>
            ),
          },
        ];
  if (record === null) return <Facts facts={[...failure, where]} />;
  const { cluster, os_version, powershell_version, booted_at, computer_name } = record;
  return (
    <Facts
      facts={[
        ...failure,
        {
          term: "Cluster",
          value:
            cluster === null ? "standalone" : <TextLink href={clusterAddress(cluster)}>{cluster}</TextLink>,
        },
        {
          term: "Operating system",
          value: os_version,
        },
        { term: "Up", value: <Up since={booted_at} /> },
        { term: "PowerShell", value: powershell_version },
        ...(computer_name.toLowerCase() === host.name.toLowerCase()
          ? []
          : [{ term: "Computer name", value: computer_name }]),
        where,
      ]}
    />
  );
}

function Up({ since }: { since: string }) {
  const now = useNow();
  return (
    <>
      {now === 0 ? null : formatDuration(now - Date.parse(since))}{" "}
      <span className="text-muted">
        since <Time iso={since} />
      </span>
    </>
  );
}
