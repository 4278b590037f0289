import type { Metadata } from "next";
import { NewVm } from "@/components/form/new-vm";

export const metadata: Metadata = { title: "New VM" };

export default function NewVmPage() {
  return <NewVm />;
}
