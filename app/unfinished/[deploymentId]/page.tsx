import type { Metadata } from "next";
import { pathPart } from "@/app/path-part";
import { ContinueDeployment } from "@/components/unfinished/continue-deployment";

export const metadata: Metadata = { title: "Continue a deployment" };

export default async function Page({ params }: { params: Promise<{ deploymentId: string }> }) {
  const { deploymentId } = await params;
  return <ContinueDeployment deploymentId={pathPart(deploymentId)} />;
}
