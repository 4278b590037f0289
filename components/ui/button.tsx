import type { ButtonHTMLAttributes, Ref } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: "primary" | "plain" | "danger" | "quiet";
  /** Something that it started still runs: it stays focusable, says so, and does nothing. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const TONES = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border-line bg-surface text-ink shadow-xs hover:border-edge hover:bg-raised",
  danger: "border-bad/50 bg-surface text-bad shadow-xs hover:border-bad hover:bg-bad-wash",
  quiet: "border-transparent bg-transparent text-muted hover:bg-raised hover:text-ink",
} as const;

const SHAPE =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-3 py-1 font-medium text-sm no-underline";

/** The look of a button, for a link that leads to an action. */
export function buttonLook(tone: ButtonProps["tone"] = "plain"): string {
  return `${SHAPE} ${TONES[tone]}`;
}

export function Button({
  tone = "plain",
  pending = false,
  className = "",
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={pending || undefined}
      className={`${buttonLook(tone)} disabled:opacity-60 aria-disabled:opacity-70 ${className}`}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  );
}
