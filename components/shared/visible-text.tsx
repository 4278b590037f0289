import { Fragment } from "react";
import { textParts } from "@/lib/domain/visible-text";

interface VisibleTextProps {
  text: string;
  /** It is shown with its line ends, tabs and spaces as they are. */
  lines?: boolean;
}

/** A text from elsewhere: characters in it that nobody would see are shown by their numbers, and marked. */
export function VisibleText({ text, lines = false }: VisibleTextProps) {
  return textParts(text, lines).map((part, index) =>
    part.hidden ? (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
        key={index}
        title="Characters that are not seen, or look like a space"
        className="rounded bg-warn-wash px-0.5 font-mono text-[0.85em] text-warn"
      >
        {part.text}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      <Fragment key={index}>{part.text}</Fragment>
    ),
  );
}
