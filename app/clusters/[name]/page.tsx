import type { Metadata } from "next";
import { ClusterPage } from "@/components/clusters/cluster-page";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function ClusterNamedPage({ params }: Props) {
  return <ClusterPage name={(await params).name} />;
}
