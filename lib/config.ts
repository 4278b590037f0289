import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { HostConfig } from "@/lib/domain/host-config";
import { ConfigError, type Origin, placeOf, sentencesFor } from "./config/config-error";
import {
  type Environment,
  FILE_VARIABLE,
  type Override,
  readEnvironment,
  unknownVariables,
} from "./config/environment";
import { HostEntryError, reasonOf, resolveHost } from "./config/host-entry";
import type { HostEntry } from "./config/host-schema";
import { fileSchema, type Settings } from "./config/settings";

const DEFAULT_FILE = "aetherv.config.json";

/** What the server runs with. `lib/config/settings.ts` describes the sections and their keys. */
export interface Config extends Settings {
  /** In the order of the configuration. Empty: the server starts all the same, and says so. */
  hosts: HostConfig[];
  /** Absolute folders. */
  paths: { schemas: string; agents: string };
  /** The file that was read; null: there is none. */
  file: string | null;
}

/**
 * Reads the configuration: the file that `AETHERV_CONFIG` names, else `aetherv.config.json` in
 * `folder` if it is there, with the environment's values in place of the file's. Relative paths in
 * the file count from the file's own folder, all others from `folder`.
 * @throws ConfigError with every mistake at once.
 */
export function loadConfig(environment: Environment = process.env, folder: string = process.cwd()): Config {
  const file = findFile(environment, folder);
  const { overrides, problems } = readEnvironment(environment);
  const variables = new Map(overrides.map((override) => [override.path.join("."), override.variable]));
  const origin: Origin = { file, variables };
  const content = merge(file === null ? {} : readJson(file), overrides);
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.flatMap((issue) => sentencesFor(issue, origin)));
    throw new ConfigError(problems);
  }
  const { hosts: entries, paths, ...settings } = parsed.data;
  const baseOf = (key: string) => (file === null || variables.has(key) ? folder : dirname(file));

  const hosts = resolveHosts(entries, baseOf("hosts"), environment, origin, problems);
  const named = new Set(entries.flatMap((entry) => entry.password_env ?? []));
  problems.push(...unknownVariables(environment, named));
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    ...settings,
    hosts,
    file,
    paths: {
      schemas:
        paths.schemas === null ? resolve(folder, "schemas") : resolve(baseOf("paths.schemas"), paths.schemas),
      agents:
        paths.agents === null ? resolve(folder, "agents") : resolve(baseOf("paths.agents"), paths.agents),
    },
  };
}

function findFile(environment: Environment, folder: string): string | null {
  const named = environment[FILE_VARIABLE];
  if (named) return resolve(folder, named);
  const usual = resolve(folder, DEFAULT_FILE);
  return existsSync(usual) ? usual : null;
}

function readJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError([`${file}: cannot be read (${reasonOf(error)})`]);
  }
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ConfigError([`${file}: is not JSON${whereabouts(text, error)}`]);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new ConfigError([`${file}: must hold one JSON object`]);
  }
  return { ...content };
}

/** The parser's own message quotes the text around the mistake, and passwords stand in it: only its position is kept. */
function whereabouts(text: string, error: unknown): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return ` (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`;
}

function merge(content: Record<string, unknown>, overrides: readonly Override[]): Record<string, unknown> {
  const merged = { ...content };
  for (const { path, value } of overrides) {
    const [section, key] = path;
    const given = merged[section];
    merged[section] =
      key === undefined ? value : { ...(typeof given === "object" ? given : {}), [key]: value };
  }
  return merged;
}

function resolveHosts(
  entries: readonly HostEntry[],
  folder: string,
  environment: Environment,
  origin: Origin,
  problems: string[],
): HostConfig[] {
  const names = new Set<string>();
  return entries.flatMap((entry, index) => {
    const folded = entry.name.toLowerCase();
    if (names.has(folded)) {
      problems.push(`${placeOf(origin, ["hosts", index, "name"])}: another host has this name`);
    }
    names.add(folded);
    try {
      return [resolveHost(entry, folder, environment)];
    } catch (error) {
      if (!(error instanceof HostEntryError)) throw error;
      problems.push(`${placeOf(origin, ["hosts", index, error.key])}: ${error.message}`);
      return [];
    }
  });
}
