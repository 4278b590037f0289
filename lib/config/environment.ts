import { settingsSchema } from "./settings";

/** The variables of one process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value that a variable gives in place of the file's. */
export interface Override {
  variable: string;
  path: [section: string, key: string] | ["hosts"];
  value: unknown;
}

const PREFIX = "AETHERV_";
/** Names the configuration file. */
export const FILE_VARIABLE = `${PREFIX}CONFIG`;
/** A JSON array, as `hosts` in the file. */
export const HOSTS_VARIABLE = `${PREFIX}HOSTS`;

const DEFAULTS = Object.entries(settingsSchema.parse({}));

const SECTION_PREFIXES = DEFAULTS.map(([section]) => `${PREFIX}${section.toUpperCase()}_`);

/** `AETHERV_JOBS_RETAINED` gives `jobs.retained`, and so on for every key of every section. */
export function variableOf(section: string, key: string): string {
  return `${PREFIX}${section}_${key}`.toUpperCase();
}

const KEYS = new Map(
  DEFAULTS.flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, fallback]) => [
      variableOf(section, key),
      { path: [section, key] as [string, string], kind: typeof fallback },
    ]),
  ),
);

/** The overrides that the environment holds, and a sentence for each variable that is wrong. */
export function readEnvironment(environment: Environment): { overrides: Override[]; problems: string[] } {
  const overrides: Override[] = [];
  const problems: string[] = [];
  for (const [variable, text] of Object.entries(environment)) {
    if (text === undefined) continue;
    const key = KEYS.get(variable);
    if (key !== undefined) {
      overrides.push({ variable, path: key.path, value: parsedAs(text.trim(), key.kind) ?? text });
    } else if (variable === HOSTS_VARIABLE) {
      try {
        overrides.push({ variable, path: ["hosts"], value: JSON.parse(text) });
      } catch {
        // Not the parser's own words: they quote the text, and passwords stand in it.
        problems.push(`${variable}: must be a JSON array of hosts, written as in the configuration file`);
      }
    }
  }
  return { overrides, problems };
}

/** The value that a text stands for; null: none, so that the schema says what was expected of the text. */
function parsedAs(text: string, kind: string): number | boolean | null {
  if (kind === "number") return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
  return kind === "boolean" && (text === "true" || text === "false") ? text === "true" : null;
}

/**
 * A sentence for each variable that begins like a setting of ours and is none: a slip of the pen.
 * `named` holds those that a host's `password_env` names.
 */
export function unknownVariables(environment: Environment, named: ReadonlySet<string>): string[] {
  return Object.keys(environment)
    .filter((variable) => SECTION_PREFIXES.some((prefix) => variable.startsWith(prefix)))
    .filter((variable) => !KEYS.has(variable) && !named.has(variable))
    .map((variable) => `${variable}: there is no such setting`);
}
