import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";

export default function NotFound() {
  return (
    <>
      <PageHeader title="There is nothing at this address" />
      <p>
        Look at the <TextLink href="/vms">VMs</TextLink>, the <TextLink href="/jobs">jobs</TextLink> or the{" "}
        <TextLink href="/hosts">hosts</TextLink>.
      </p>
    </>
  );
}
