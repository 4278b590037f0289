import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EngineProcess } from "./process";

/** Where `npm run` builds the engine's program (host/powershell-engine-host.csproj). */
const PROGRAM = fileURLToPath(
  new URL("host/bin/Release/net10.0/powershell-engine-host.dll", import.meta.url),
);
const MODULES = fileURLToPath(new URL("modules", import.meta.url));

/** The first pwsh whose engine can load the program: that of the package it is built with. */
const LEAST_PWSH = [7, 6, 9];
const PWSH_SWITCHES = ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command"];

let usesPwsh: Promise<boolean> | null = null;

/**
 * Starts one process of the engine: pwsh where it is installed, else the program with the engine's package.
 * The program is the same in both: pwsh by itself has neither the drives of Windows nor the cmdlets of Windows
 * PowerShell.
 *
 * @param modules folder of the modules that stand in for those of Windows; every one is imported
 */
export async function startEngineProcess(modules = MODULES): Promise<EngineProcess> {
  if (!existsSync(PROGRAM)) {
    const project = "simulator/powershell-engine/host";
    throw new Error(`The PowerShell engine is not built: run "dotnet build -c Release ${project}".`);
  }
  usesPwsh ??= hasPwsh();
  if (!(await usesPwsh)) return EngineProcess.start("dotnet", [PROGRAM, "serve", modules]);
  const script = `$null = [System.Reflection.Assembly]::LoadFrom(${quoted(PROGRAM)})
    [AetherV.PowerShellEngine.Serving.EngineServer]::Serve(${quoted(modules)})`;
  return EngineProcess.start("pwsh", [...PWSH_SWITCHES, script]);
}

async function hasPwsh(): Promise<boolean> {
  try {
    const script = "$PSVersionTable.PSVersion.ToString()";
    const { stdout } = await promisify(execFile)("pwsh", [...PWSH_SWITCHES, script]);
    return isAtLeast(stdout.trim().split(/[.-]/).map(Number), LEAST_PWSH);
  } catch {
    return false;
  }
}

function isAtLeast(version: number[], least: number[]): boolean {
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
