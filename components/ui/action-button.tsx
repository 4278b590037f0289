import type { LucideIcon } from "lucide-react";
import { type Ref, useId } from "react";
import { Button } from "./button";

interface ActionButtonProps {
  label: string;
  Icon: LucideIcon;
  /** Why it cannot be done now; undefined: it can. */
  unavailable: string | undefined;
  onPress: () => void;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that stays where it cannot be used, can be reached, and says beside it why. */
export function ActionButton({ label, Icon, unavailable, onPress, ref }: ActionButtonProps) {
  const reason = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button
        {...(ref ? { ref } : {})}
        aria-disabled={unavailable !== undefined || undefined}
        aria-describedby={unavailable === undefined ? undefined : reason}
        className="aria-disabled:cursor-not-allowed"
        onClick={() => {
          if (unavailable === undefined) onPress();
        }}
      >
        <Icon aria-hidden="true" className="size-4 text-muted" />
        {label}
      </Button>
      {unavailable === undefined ? null : (
        <p id={reason} className="min-w-0 text-muted text-xs">
          {unavailable}
        </p>
      )}
    </div>
  );
}
