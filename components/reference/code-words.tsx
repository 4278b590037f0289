import { CodeText } from "@/components/ui/code-text";

/** Paragraphs with an empty line between, and code between backticks. */
export function Paragraphs({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => (
    <p key={paragraph}>
      <CodeText text={paragraph} />
    </p>
  ));
}
