import type { ReactNode, SelectHTMLAttributes } from "react";
import { CONTROL_LOOK, FILTER_LOOK } from "./field";

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "size"> {
  /** `small` among the filters above a list. */
  size?: "small" | "normal";
  value: string;
  onChange: (value: string) => void;
  /** `<option>`s. */
  children: ReactNode;
}

/** One of a list: the browser's own, which every phone and screen reader knows. Its label is the caller's. */
export function Select({ size = "normal", value, onChange, className = "", ...rest }: SelectProps) {
  return (
    <select
      className={`${size === "small" ? FILTER_LOOK : CONTROL_LOOK} pr-7 ${className}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  );
}
