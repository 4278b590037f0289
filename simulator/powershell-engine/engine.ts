import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Engine, type ProcessIo, ProcessStartError } from "../engine";
import type { Fleet } from "../host/fleet";
import type { CallRecords } from "../node-engine/call-record";
import { readPowerShellCommand } from "./command-line";
import type { EnginePool } from "./pool";
import type { ScriptRun } from "./process";

/** Win32 `ERROR_FILE_NOT_FOUND` as an HRESULT. */
const FILE_NOT_FOUND = 2147942402;
/** Exit code of a process that was terminated (`STATUS_CONTROL_C_EXIT`). */
const TERMINATED = 0xc000013a | 0;

/** The engine of `--engine powershell`: it runs the scripts that it is given. */
export function createPowerShellEngine(
  fleet: Fleet,
  _calls: CallRecords,
  pool: EnginePool,
  options: { dataDirectory: string },
): Engine {
  return {
    run: async (hostName, start, io) => {
      const host = fleet.hosts.get(hostName);
      const command = readPowerShellCommand(start.arguments);
      if (host === undefined || !/(^|[\\/])powershell(\.exe)?$/i.test(start.command)) {
        throw new ProcessStartError(FILE_NOT_FOUND, "The system cannot find the file specified.");
      }
      if (command === null) return refuse(io, "there is no command on the command line");
      const drive = join(options.dataDirectory, "drives", hostName, "C");
      mkdirSync(drive, { recursive: true });
      const run: ScriptRun = {
        script: command.script,
        errorsAsXml: command.isEncoded,
        drives: { C: drive },
        environment: { COMPUTERNAME: host.computerName, ...start.environment },
      };
      return pool.with((process) => {
        const exited = process.run(run, {
          ...io,
          call: async (operation, args) => ({ result: { operation, arguments: args, host: hostName } }),
        });
        const aborted = new Promise<number>((resolve) => {
          const kill = () => resolve(process.kill().then(() => TERMINATED));
          if (io.signal.aborted) kill();
          else io.signal.addEventListener("abort", kill, { once: true });
          void exited.then(() => io.signal.removeEventListener("abort", kill));
        });
        return Promise.race([exited, aborted]);
      });
    },
  };
}

function refuse(io: ProcessIo, why: string): number {
  io.stderr(Buffer.from(`This simulated host runs commands alone: ${why}.\r\n`, "utf8"));
  return 1;
}
