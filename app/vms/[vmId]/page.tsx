import type { Metadata } from "next";
import { pathPart } from "@/app/path-part";
import { VmPage } from "@/components/vms/vm-page";

export const metadata: Metadata = { title: "VM" };

export default async function Page({ params }: { params: Promise<{ vmId: string }> }) {
  const { vmId } = await params;
  return <VmPage vmId={pathPart(vmId)} />;
}
