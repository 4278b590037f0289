interface MeterProps {
  /** Says what is measured. */
  label: string;
  used: number;
  total: number;
  /** The value in words. */
  text: string;
}

/** How full something is. From 90 % it is marked; the words beside it say the same. */
export function Meter({ label, used, total, text }: MeterProps) {
  const share = total > 0 ? Math.min(1, Math.max(0, used / total)) : 0;
  return (
    <svg
      role="img"
      aria-label={`${label}: ${text}`}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className={`block h-1 w-full ${share >= 0.9 ? "text-warn" : "text-accent"}`}
    >
      <rect width="100" height="4" rx="1" className="fill-line" />
      <rect width={share * 100} height="4" rx="1" fill="currentColor" />
    </svg>
  );
}
