import { useRef, useState } from "react";

export interface SubjectDialog<Subject> {
  open: boolean;
  /** null: it was never opened. */
  subject: Subject | null;
  /** @param from what has the focus again afterwards */
  show: (about: Subject, from: HTMLElement | null) => void;
  /** @param to what has the focus instead: where one came from will be gone, or one is led elsewhere */
  close: (to?: HTMLElement | null) => void;
  finalFocus: () => HTMLElement | null;
}

/**
 * A dialog about one thing of several. Its subject stays readable while the dialog fades; and afterwards the focus is where
 * one came from, or where the dialog has led.
 */
export function useSubjectDialog<Subject>(): SubjectDialog<Subject> {
  const [open, setOpen] = useState(false);
  const [subject, setSubject] = useState<Subject | null>(null);
  const next = useRef<HTMLElement | null>(null);

  return {
    open,
    subject,
    show(about, from) {
      next.current = from;
      setSubject(about);
      setOpen(true);
    },
    close(to) {
      if (to) next.current = to;
      setOpen(false);
    },
    finalFocus: () => (next.current?.isConnected ? next.current : null),
  };
}
