import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a script is for: the rules of simulator/powershell-engine/host/SyntaxRules differ by it. */
export type Role = "Bootstrap" | "Common" | "Agent" | "Module";

export interface Source {
  name: string;
  role: Role;
  text: string;
}

/** One place that breaks one rule; line and column count from 1. */
export interface Finding {
  rule: string;
  file: string;
  line: number;
  column: number;
  message: string;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAM = join(ROOT, "simulator/powershell-engine/host/bin/Release/net10.0/powershell-engine-host.dll");

/** The findings in each set of scripts; the scripts of one set know each other's functions. */
export function checkSyntax(sets: readonly (readonly Source[])[]): Finding[][] {
  const input = JSON.stringify({
    sets: sets.map((set) =>
      set.map(({ text, ...rest }) => ({ ...rest, bytes: Buffer.from(text, "utf8").toString("base64") })),
    ),
  });
  const ran = spawnSync("dotnet", [PROGRAM, "check"], { input, maxBuffer: 64 * 1024 * 1024 });
  if (ran.status !== 0)
    throw new Error(`The syntax check ended with ${ran.status ?? ran.error?.message}: ${ran.stderr}`);
  return JSON.parse(ran.stdout.toString("utf8")) as Finding[][];
}

/** Every script of a folder like agents/, with the stand-ins' modules beside them. */
export function agentSources(directory = join(ROOT, "agents")): Source[] {
  const entries = readScripts(directory).map((script): Source => {
    const role = script.name.endsWith("bootstrap.ps1") ? "Bootstrap" : "Agent";
    return { ...script, role };
  });
  const common = readScripts(join(directory, "common")).map(
    ({ name, text }): Source => ({ name: `common/${name}`, role: "Common", text }),
  );
  return [...entries, ...common, ...moduleSources()];
}

/**
 * The modules of a folder: scripts may call what they export, with the parameters they have. By default those that
 * stand in for Hyper-V's.
 */
export function moduleSources(directory = join(ROOT, "simulator/powershell-engine/modules")): Source[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ps[md]?1$/.test(name))
    .map((name) => ({ name, role: "Module", text: readFileSync(join(directory, name), "utf8") }));
}

function readScripts(directory: string): { name: string; text: string }[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".ps1"))
    .map((name) => ({ name, text: readFileSync(join(directory, name), "utf8") }));
}
