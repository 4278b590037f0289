import { errorId } from "./field";

interface RadioListProps<Value extends string> {
  id: string;
  label: string;
  choices: readonly { value: Value; label: string; hint: string }[];
  /** null: none is chosen yet. */
  value: Value | null;
  error: string | undefined;
  onChange: (value: Value) => void;
}

/** One of a few, each with a sentence that says what it means. */
export function RadioList<Value extends string>(props: RadioListProps<Value>) {
  const { id, label, choices, value, error, onChange } = props;
  return (
    <fieldset
      id={id}
      aria-describedby={errorId(id)}
      aria-invalid={error !== undefined || undefined}
      className="min-w-0"
    >
      <legend className="mb-1 font-medium">{label}</legend>
      <RadioChoices id={id} choices={choices} value={value} onChange={onChange} />
      <p id={errorId(id)} aria-live="polite" className="text-bad">
        {error}
      </p>
    </fieldset>
  );
}

/** The choices alone, where the fieldset around them holds more. */
export function RadioChoices<Value extends string>({
  id,
  choices,
  value,
  onChange,
}: Pick<RadioListProps<Value>, "id" | "choices" | "value" | "onChange">) {
  return (
    <div className="space-y-1">
      {choices.map((each) => (
        <label key={each.value} className="flex min-h-6 items-baseline gap-2">
          <input
            type="radio"
            name={id}
            className="size-4 shrink-0 translate-y-0.5 accent-accent"
            checked={value === each.value}
            onChange={() => onChange(each.value)}
          />
          <span>
            {each.label}
            <span className="block text-muted text-xs">{each.hint}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
