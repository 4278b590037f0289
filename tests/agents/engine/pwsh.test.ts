import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aetherv-pwsh-"));
  vi.resetModules();
  vi.stubEnv("PATH", [directory, process.env.PATH].join(delimiter));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** A program named pwsh that tells a version, and notes and answers whatever else it is to run. */
function installPwsh(version: string): void {
  const path = join(directory, "pwsh");
  const ready = JSON.stringify({ ready: { engine: "pwsh", version } });
  writeFileSync(
    path,
    `#!/bin/sh
case "$*" in
  *PSVersionTable*) echo "${version}" ;;
  *) echo "$*" > "${directory}/noted"; echo '${ready}' >&3; exec sleep 600 ;;
esac
`,
  );
  chmodSync(path, 0o755);
}

async function start() {
  const { startEngineProcess } = await import("@/simulator/powershell-engine/program");
  const engine = await startEngineProcess();
  await engine.kill();
  return engine.version.engine;
}

test.each(["7.6.9", "7.7.0-preview.1", "8.0.0"])(
  "pwsh %s runs the scripts where it is installed",
  async (version) => {
    installPwsh(version);
    expect(await start()).toBe("pwsh");
    expect(readFileSync(join(directory, "noted"), "utf8")).toMatch(
      /-NoProfile .*LoadFrom\('.*powershell-engine-host\.dll'\)\s*\[.*EngineServer\]::Serve\('.*modules'\)/s,
    );
  },
);

test.each(["7.6.8", "7.4.13", "no version"])("pwsh %s does not", async (version) => {
  installPwsh(version);
  expect(await start()).toBe("System.Management.Automation");
});
