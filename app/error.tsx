"use client";

import { FailureAlert } from "@/components/shared/failure-alert";
import { PageHeader } from "@/components/ui/page-header";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <PageHeader title="This page cannot be shown" />
      <FailureAlert failure={error} onRetry={reset} />
    </>
  );
}
