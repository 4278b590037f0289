import { fileURLToPath } from "node:url";
import { EngineProcess } from "./process";

/** Where `npm run` builds the engine's program (host/powershell-engine-host.csproj). */
const PROGRAM = fileURLToPath(
  new URL("host/bin/Release/net10.0/powershell-engine-host.dll", import.meta.url),
);
const MODULES = fileURLToPath(new URL("modules", import.meta.url));

/** Starts one process of the engine. */
export function startEngineProcess(): Promise<EngineProcess> {
  return EngineProcess.start("dotnet", [PROGRAM, "serve", MODULES]);
}
