import { Button } from "@/components/ui/button";
import { describeFailure } from "@/lib/client/failure";

interface ChoicesFailedProps {
  /** The id of the control that cannot be shown: an error of the field leads here. */
  id: string;
  failure: unknown;
  onRetry: () => void;
}

/** What the hosts offer could not be read: why, and the way to try again. */
export function ChoicesFailed({ id, failure, onRetry }: ChoicesFailedProps) {
  const { detail } = describeFailure(failure);
  return (
    <div className="flex flex-wrap items-center gap-2 text-bad">
      <span id={id} tabIndex={-1}>
        The hosts could not be read. {detail}
      </span>
      <Button onClick={onRetry}>Retry</Button>
    </div>
  );
}
