import type { ReactNode, Ref } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import { describeFailure } from "@/lib/client/failure";

interface FailureAlertProps {
  /** Whatever a request threw. */
  failure: unknown;
  /** What could not be done, where the failure's own title does not say it. */
  title?: string;
  onRetry?: () => void;
  /** What to know about it in this place. */
  children?: ReactNode;
  ref?: Ref<HTMLDivElement>;
}

/** A failed request: what happened, what to do next, and what to quote when reporting it. */
export function FailureAlert({ failure, title, onRetry, children, ref }: FailureAlertProps) {
  const { title: ownTitle, detail, next, code, requestId, reload } = describeFailure(failure);
  return (
    <Alert
      tone="bad"
      role="alert"
      title={reload ? ownTitle : (title ?? ownTitle)}
      {...(ref ? { ref } : {})}
      actions={
        reload ? (
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
        ) : onRetry ? (
          <Button onClick={onRetry}>Try again</Button>
        ) : null
      }
    >
      <p>
        <CodeText text={detail} />
      </p>
      {detail.includes(next) ? null : (
        <p>
          <CodeText text={next} />
        </p>
      )}
      {children}
      {code ? (
        <p className="font-mono text-muted text-xs">
          {code}
          {requestId ? ` · request ${requestId}` : null}
        </p>
      ) : null}
    </Alert>
  );
}
