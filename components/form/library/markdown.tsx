/**
 * Stands in for `markdown-to-jsx/react` in the pages (next.config.ts): the form library would bring all of
 * it for descriptions and help in Markdown, which no schema here has. Texts are shown as they are.
 */
export function Markdown({ children }: { children: string }) {
  return children;
}
