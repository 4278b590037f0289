import type { Metadata } from "next";
import { pathPart } from "@/app/path-part";
import { ClusterPage } from "@/components/clusters/cluster-page";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function ClusterNamedPage({ params }: Props) {
  return <ClusterPage name={pathPart((await params).name)} />;
}
