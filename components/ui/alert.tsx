import type { ReactNode, Ref } from "react";

interface AlertProps {
  tone: "bad" | "warn" | "busy";
  title: string;
  children?: ReactNode;
  /** Buttons and links for what can be done. */
  actions?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits its turn; without it the text is just there. */
  role?: "alert" | "status";
  ref?: Ref<HTMLDivElement>;
}

const TONES = {
  bad: "border-bad/40 bg-bad-wash [&>h2]:text-bad",
  warn: "border-warn/40 bg-warn-wash [&>h2]:text-warn",
  busy: "border-busy/40 bg-busy-wash [&>h2]:text-busy",
} as const;

/** Something the reader must know about. It stays until what it tells of is over. */
export function Alert({ tone, title, children, actions, role, ref }: AlertProps) {
  return (
    <div
      ref={ref}
      role={role}
      tabIndex={ref ? -1 : undefined}
      className={`rounded-md border p-3 ${TONES[tone]}`}
    >
      <h2 className="font-semibold">{title}</h2>
      {children ? <div className="mt-1 space-y-1.5 break-words">{children}</div> : null}
      {actions ? <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
