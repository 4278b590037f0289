import { Fragment } from "react";

/** A sentence with what stands between backticks set as code. Nothing else of Markdown is understood. */
export function CodeText({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      <code key={index} className="break-words rounded bg-raised px-1 font-mono text-[0.92em]">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text keep their places
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
