import type { ReactNode } from "react";

/** The look of a control one types into or chooses from; its edge turns red by `aria-invalid`. */
export const CONTROL_LOOK =
  "min-h-9 w-full rounded-md border border-edge bg-surface px-2.5 py-1.5 text-ink placeholder:text-muted " +
  "aria-invalid:border-bad aria-invalid:outline-bad disabled:opacity-60";

/** The ids that tie a control to its hint and its error. */
export function hintId(controlId: string): string {
  return `${controlId}__hint`;
}

export function errorId(controlId: string): string {
  return `${controlId}__error`;
}

interface FieldProps {
  /** The control's id. */
  id: string;
  label: string;
  required?: boolean;
  /** The control is a group of its own (radio buttons): its label is the group's, by `aria-labelledby`. */
  group?: boolean;
  hint?: ReactNode;
  /** What the page did to the value by itself; announced like an error. */
  note?: string | null;
  errors?: readonly string[];
  children: ReactNode;
}

/** One control with its label, hint and error. The error is announced when it appears. */
export function Field({
  id,
  label,
  required = false,
  group = false,
  hint,
  note,
  errors = [],
  children,
}: FieldProps) {
  const text = (
    <>
      {label}
      {required ? (
        <span aria-hidden="true" className="ml-0.5 text-bad">
          *
        </span>
      ) : null}
    </>
  );
  return (
    <div className="min-w-0">
      {group ? (
        <div id={`${id}__label`} className="mb-1 font-medium">
          {text}
        </div>
      ) : (
        <label htmlFor={id} className="mb-1 block font-medium">
          {text}
        </label>
      )}
      {children}
      <div aria-live="polite">
        {errors.length > 0 ? (
          <p id={errorId(id)} className="mt-1 text-bad">
            {errors.join(" ")}
          </p>
        ) : null}
        {note ? <p className="mt-1 text-warn">{note}</p> : null}
      </div>
      {hint ? (
        <p id={hintId(id)} className="mt-1 text-muted text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
