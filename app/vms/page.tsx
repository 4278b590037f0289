import type { Metadata } from "next";
import { VmList } from "@/components/vms/vm-list";

export const metadata: Metadata = { title: "VMs" };

export default function VmsPage() {
  return <VmList />;
}
