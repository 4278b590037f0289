import { TextLink } from "@/components/ui/text-link";
import type { JsonObject } from "@/lib/domain/json";
import { typeWords } from "./type-words";

/** A type, with links to the named schemas in it. */
export function TypeText({ schema }: { schema: JsonObject }) {
  const { text, names } = typeWords(schema);
  const [name] = names;
  if (name === undefined) return text;
  const [before = "", after = ""] = text.split(name, 2);
  return (
    <>
      {before}
      <TextLink href={`#schema-${name}`}>{name}</TextLink>
      {after}
    </>
  );
}
