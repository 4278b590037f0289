import type { LucideIcon } from "lucide-react";
import { useId } from "react";

interface SegmentedControlProps<Value extends string> {
  /** What one chooses; not shown. */
  label: string;
  options: readonly {
    value: Value;
    label: string;
    /** Shown in place of the label. */
    Icon?: LucideIcon;
  }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, all in view. They are the browser's radio buttons: one stop for Tab, arrows between them. */
export function SegmentedControl<Value extends string>({
  label,
  options,
  value,
  onChange,
}: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex gap-0.5 rounded-md border border-line bg-raised p-px">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.Icon ? option.label : undefined}
          className="grid min-h-7 min-w-7 cursor-pointer place-items-center rounded-sm px-1.5 text-muted text-sm hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-xs has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.Icon ? (
            <>
              <option.Icon aria-hidden="true" className="size-4" />
              <span className="sr-only">{option.label}</span>
            </>
          ) : (
            option.label
          )}
        </label>
      ))}
    </fieldset>
  );
}
