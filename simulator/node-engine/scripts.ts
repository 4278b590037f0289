import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const AGENT_NAMES = ["vm", "disk", "nic", "initialization", "inventory", "host"] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** The scripts that the node engine stands in for, by SHA-256. It executes nothing. */
export interface KnownScripts {
  /** Of the text that `-EncodedCommand` carries. */
  isBootstrap(text: string): boolean;
  isWarmBootstrap(text: string): boolean;
  isCommon(text: string): boolean;
  /** Which agent an entry script is; null: none. */
  agentOf(text: string): AgentName | null;
}

/** Reads the agents' folder as docs/agent-protocol.md, section 1, says; throws when a script is missing. */
export function loadKnownScripts(directory: string): KnownScripts {
  const read = (...path: string[]) => readFileSync(join(directory, ...path), "utf8");
  const parts = readdirSync(join(directory, "common")).filter((name) => name.endsWith(".ps1"));
  const bootstrap = sha256(withoutComments(read("bootstrap.ps1")));
  const warmBootstrap = sha256(withoutComments(read("warm-bootstrap.ps1")));
  const common = sha256(
    parts
      .sort()
      .map((name) => read("common", name))
      .join(""),
  );
  const agents = new Map(AGENT_NAMES.map((name) => [sha256(read(`${name}.ps1`)), name]));
  return {
    isBootstrap: (text) => sha256(text) === bootstrap,
    isWarmBootstrap: (text) => sha256(text) === warmBootstrap,
    isCommon: (text) => sha256(text) === common,
    agentOf: (text) => agents.get(sha256(text)) ?? null,
  };
}

/** A bootstrap as it travels: without blank lines and lines that begin with `#`, joined by LF. */
export function withoutComments(script: string): string {
  return script
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"))
    .join("\n");
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
