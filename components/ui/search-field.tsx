import { Search } from "lucide-react";
import type { InputHTMLAttributes, Ref } from "react";

interface SearchFieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "type" | "value" | "size"> {
  /** Says what is searched; not shown. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** `small` beside what is dense itself. */
  size?: "small" | "normal";
  ref?: Ref<HTMLInputElement>;
}

const SIZES = { small: "min-h-7 text-sm", normal: "min-h-8" } as const;

/** A box to search or filter by. Escape empties it, as browsers do. */
export function SearchField({
  label,
  value,
  onChange,
  size = "normal",
  className = "",
  ...rest
}: SearchFieldProps) {
  return (
    <div className={`relative min-w-0 ${className}`}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        className={`w-full rounded-md border border-edge bg-surface py-0.5 pr-2 pl-8 placeholder:text-muted hover:border-muted ${SIZES[size]}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
    </div>
  );
}
