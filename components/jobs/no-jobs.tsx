import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";

/** In the place of a list of jobs while there is none. */
export function NoJobs() {
  return (
    <Empty title="No jobs since the server started">
      <TextLink href="/vms/new">Create a VM</TextLink> and its job appears here.
    </Empty>
  );
}
