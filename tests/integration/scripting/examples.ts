export type Language = "bash" | "powershell";

/** One example of a page: the code that stands below a heading. */
export interface Example {
  heading: string;
  code: string;
}

/** The examples of a page of Markdown in one language, in their order. */
export function examplesOf(page: string, language: Language): Example[] {
  const examples: Example[] = [];
  let heading = "";
  for (const [, title, fenced, code = ""] of page.matchAll(/^#+ ([^\n]*)$|^```(\w+)\n(.*?)^```$/gms)) {
    if (title !== undefined) heading = title;
    else if (fenced === language) examples.push({ heading, code });
  }
  return examples;
}
