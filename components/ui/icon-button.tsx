import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, Ref } from "react";

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** What it does: its name, and its tip. */
  label: string;
  Icon: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
}

/** A button of one picture, where a word would be in the way. */
export function IconButton({ label, Icon, className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink ${className}`}
      {...rest}
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}
