import type { ReactNode } from "react";
import { CodeText } from "./code-text";

/** The look of a control one types into or chooses from, but for its size; its edge turns red by `aria-invalid`. */
export const CONTROL_SURFACE =
  "w-full rounded-md border border-edge bg-surface text-ink placeholder:text-muted hover:border-muted " +
  "aria-invalid:border-bad aria-invalid:outline-bad disabled:opacity-60 " +
  "[&[readonly]]:border-line [&[readonly]]:bg-ground [&[readonly]]:text-muted";

/** {@link CONTROL_SURFACE} in a form. */
export const CONTROL_LOOK = `min-h-9 px-2.5 py-1.5 ${CONTROL_SURFACE}`;

/** {@link CONTROL_SURFACE} among the filters above a list. */
export const FILTER_LOOK = `min-h-8 px-2 py-0.5 text-sm ${CONTROL_SURFACE}`;

/** A star that is seen and not heard: the control itself says that it is required. */
const REQUIRED_MARK = "after:ml-0.5 after:text-bad after:content-['*'_/_'']";

/** The ids that tie a control to its hint, its error and the reason why it cannot be changed. */
export function hintId(controlId: string): string {
  return `${controlId}__hint`;
}

export function errorId(controlId: string): string {
  return `${controlId}__error`;
}

export function reasonId(controlId: string): string {
  return `${controlId}__reason`;
}

interface FieldProps {
  /** The control's id. */
  id: string;
  label: string;
  required?: boolean;
  /** The control is a group of its own (radio buttons): its label is the group's, by `aria-labelledby`. */
  group?: boolean;
  /** It takes the whole width of the grid that it stands in. */
  wide?: boolean;
  hint?: string | undefined;
  /** What the page did to the value by itself; announced like an error. */
  note?: string | null;
  /** Why it cannot be changed now. */
  unavailable?: string | undefined;
  errors?: readonly string[];
  children: ReactNode;
}

/** One control with its label, hint and error. The error is announced when it appears. */
export function Field({
  id,
  label,
  required = false,
  group = false,
  wide = false,
  hint,
  note,
  unavailable,
  errors = [],
  children,
}: FieldProps) {
  const mark = required ? REQUIRED_MARK : "";
  return (
    <div className={`min-w-0 ${wide ? "col-span-full" : ""}`}>
      {group ? (
        <div id={`${id}__label`} className={`mb-1 font-medium ${mark}`}>
          {label}
        </div>
      ) : (
        <label htmlFor={id} className={`mb-1 block font-medium ${mark}`}>
          {label}
        </label>
      )}
      {children}
      <div aria-live="polite">
        {errors.length > 0 ? (
          <p id={errorId(id)} className="mt-1 text-bad">
            <CodeText text={errors.join(" ")} />
          </p>
        ) : null}
        {note ? <p className="mt-1 text-busy text-xs">{note}</p> : null}
      </div>
      {unavailable ? (
        <p id={reasonId(id)} className="mt-1 text-warn text-xs">
          {unavailable}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId(id)} className="mt-1 text-muted text-xs">
          <CodeText text={hint} />
        </p>
      ) : null}
    </div>
  );
}
