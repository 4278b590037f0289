import { FailureAlert } from "./failure-alert";

interface LoadFailureProps {
  /** What the last read threw; null or undefined: it did not fail. */
  failure: unknown;
  /** What was read, as a sentence begins: `The jobs`. */
  what: string;
  /** Whether what an earlier read gave stands below. */
  shown: boolean;
  onRetry: () => void;
}

/** A failed read of what a page shows; nothing where it did not fail. */
export function LoadFailure({ failure, what, shown, onRetry }: LoadFailureProps) {
  if (failure === null || failure === undefined) return null;
  const title = shown
    ? `${what} could not be refreshed: this is what was known last`
    : `${what} could not be loaded`;
  return <FailureAlert failure={failure} title={title} onRetry={onRetry} />;
}
