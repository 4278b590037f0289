import type { Metadata } from "next";
import { UnfinishedList } from "@/components/unfinished/unfinished-list";

export const metadata: Metadata = { title: "Unfinished deployments" };

export default function UnfinishedPage() {
  return <UnfinishedList />;
}
