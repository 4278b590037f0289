import type { Metadata } from "next";
import { pathPart } from "@/app/path-part";
import { HostPage } from "@/components/hosts/host-page";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function HostNamedPage({ params }: Props) {
  return <HostPage name={pathPart((await params).name)} />;
}
