import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import type { HostView } from "@/lib/domain/inventory";

/** In the place of a list of VMs while no host has told of one: why. */
export function NoVms({ hosts }: { hosts: readonly HostView[] }) {
  return (
    <Empty title="No virtual machines">
      {whyNone(hosts)} <TextLink href="/vms/new">Create the first</TextLink>
    </Empty>
  );
}

function whyNone(hosts: readonly HostView[]): string {
  if (hosts.length === 0) return "No hosts are configured.";
  if (hosts.some((host) => host.state === "pending")) return "The hosts are being read for the first time.";
  if (hosts.every((host) => host.as_of === null)) return "None of the hosts could be read so far.";
  return "None of the hosts has one.";
}
