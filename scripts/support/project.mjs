import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const LOCKFILE = join(ROOT, "package-lock.json");
const INSTALLED = join(ROOT, "node_modules", ".package-lock.json");
const BUILT_FROM = join(ROOT, ".next", "built-from");

const ENGINE_SOURCES = join("simulator", "powershell-engine", "host");
/** Made by a build: no part of what it is made from. */
const BUILD_OUTPUTS = new Set(["bin", "obj"].map((name) => join(ENGINE_SOURCES, name)));

/** What `next build` reads; schemas and agents are read when the server starts. */
const BUILD_INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/**
 * Installs the packages of the lockfile unless they are there. `npm install`, not `npm ci`: a registry
 * mirror may lack optional packages for other platforms, which `npm ci` takes for a broken lockfile.
 */
export async function ensureInstalled() {
  const fresh = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCKFILE).mtimeMs;
  if (fresh) return;
  await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: ROOT });
}

/** Builds the application unless what stands in `.next` was built from these very files. */
export async function ensureBuilt() {
  const fingerprint = fingerprintOf(BUILD_INPUTS);
  if (existsSync(BUILT_FROM) && readFileSync(BUILT_FROM, "utf8") === fingerprint) return;
  await run(process.execPath, [join(ROOT, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(BUILT_FROM, fingerprint);
}

/**
 * Builds the program that runs the agents (simulator/powershell-engine/host) unless what stands in its `bin`
 * was built from these very files. Needs the .NET SDK; the packages' versions are those of its lock file.
 */
export async function ensureEngineBuilt() {
  const fingerprint = fingerprintOf([ENGINE_SOURCES]);
  const builtFrom = join(ROOT, ENGINE_SOURCES, "bin", "built-from");
  if (existsSync(builtFrom) && readFileSync(builtFrom, "utf8") === fingerprint) return;
  await run(
    "dotnet",
    ["build", "--configuration", "Release", "--nologo", "-p:RestoreLockedMode=true", "--verbosity", "quiet"],
    { cwd: join(ROOT, ENGINE_SOURCES) },
  );
  writeFileSync(builtFrom, fingerprint);
}

function fingerprintOf(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) addToHash(hash, input);
  return hash.digest("hex");
}

function addToHash(hash, relative) {
  const path = join(ROOT, relative);
  if (!existsSync(path) || BUILD_OUTPUTS.has(relative)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addToHash(hash, join(relative, name));
    return;
  }
  hash.update(relative).update("\0").update(readFileSync(path)).update("\0");
}
