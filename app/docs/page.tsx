import type { Metadata } from "next";
import { headers } from "next/headers";
import { Reference } from "@/components/reference/reference";
import { getServer } from "@/lib/server";

export const metadata: Metadata = { title: "API reference" };

export default async function ReferencePage() {
  const host = (await headers()).get("host") ?? "localhost";
  return <Reference document={getServer()?.openApi() ?? null} origin={`http://${host}`} />;
}
