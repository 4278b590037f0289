import type { z } from "zod";

/** Every mistake of a configuration: a sentence each, with the key and the file or variable it stands in. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid.\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

/** Where values come from, so that a mistake can be named by its place. */
export interface Origin {
  /** null: there is no file. */
  file: string | null;
  /** Dotted key to the variable that gave its value. */
  variables: ReadonlyMap<string, string>;
}

/** `/etc/aetherv.json: hosts[0].name`, or `AETHERV_JOBS_RETAINED`. */
export function placeOf(origin: Origin, path: readonly PropertyKey[]): string {
  for (const length of [1, 2]) {
    const variable = origin.variables.get(path.slice(0, length).join("."));
    if (variable !== undefined) return variable + keyText(path.slice(length));
  }
  const key = keyText(path).replace(/^\./, "");
  return [origin.file ?? "configuration", key].filter((part) => part !== "").join(": ");
}

function keyText(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
}

/** The sentences for one issue. They never quote a value: it may be a password. */
export function sentencesFor(issue: z.core.$ZodIssue, origin: Origin): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${placeOf(origin, [...issue.path, key])}: there is no such setting`);
  }
  return [`${placeOf(origin, issue.path)}: ${wording(issue)}`];
}

function wording(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (/received undefined$/.test(issue.message)) return "is required";
      return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `must be at least ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}${issue.origin === "string" ? " characters long" : ""}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    default:
      return issue.message;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  object: "an object",
  array: "an array",
  boolean: "true or false",
};
