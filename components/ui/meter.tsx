interface MeterProps {
  /** Says what is measured. */
  label: string;
  used: number;
  total: number;
  /** The value in words. */
  text: string;
}

/**
 * How full something is. From 90 % it is marked; the words beside it say the same. The bar is drawn and not
 * styled by width: the Content-Security-Policy takes no style attributes from the server's markup.
 */
export function Meter({ label, used, total, text }: MeterProps) {
  const share = total > 0 ? Math.min(1, Math.max(0, used / total)) : 0;
  const percent = Math.round(share * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each their own way
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className="mt-1 block overflow-hidden rounded-full"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        className={`block h-1 w-full ${share >= 0.9 ? "text-warn-mark" : "text-accent"}`}
      >
        <rect width="100" height="4" className="fill-line" />
        <rect width={share * 100} height="4" fill="currentColor" />
      </svg>
    </span>
  );
}
