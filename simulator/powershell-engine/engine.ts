import { join } from "node:path";
import type { CallRecords } from "../agent-calls/call-record";
import { isPowerShell, readPowerShellCommand } from "../agent-calls/powershell-command";
import { type Engine, type ProcessIo, ProcessStartError } from "../engine";
import type { Fleet } from "../host/fleet";
import { AgentRun } from "./agent-run";
import { StandInError } from "./calls/stand-in-call";
import { createStandInCalls } from "./calls/stand-in-calls";
import { SimulatedDrives } from "./drives/simulated-drives";
import type { CallAnswer, EngineProcess, ScriptRun } from "./process";

/** Win32 `ERROR_FILE_NOT_FOUND` as an HRESULT. */
const FILE_NOT_FOUND = 2147942402;
/** Exit code of a process that was terminated (`STATUS_CONTROL_C_EXIT`). */
const TERMINATED = 0xc000013a | 0;

/** Where the engine gets a process for a script: an `EnginePool`. */
export interface ScriptProcesses {
  with<Value>(use: (process: Pick<EngineProcess, "run" | "kill">) => Promise<Value>): Promise<Value>;
}

/** The engine of `--engine powershell`: it runs the scripts that it is given. */
export function createPowerShellEngine(
  fleet: Fleet,
  calls: CallRecords,
  pool: ScriptProcesses,
  options: { dataDirectory: string },
): Engine {
  const drives = new SimulatedDrives(fleet, join(options.dataDirectory, "drives"));
  const call = createStandInCalls(fleet, drives);
  return {
    run: async (hostName, start, io) => {
      const host = fleet.hosts.get(hostName);
      if (host === undefined || !isPowerShell(start.command)) {
        throw new ProcessStartError(FILE_NOT_FOUND, "The system cannot find the file specified.");
      }
      const command = readPowerShellCommand(start.arguments);
      if (command === null) return refuse(io);
      drives.sync(hostName);
      const run: ScriptRun = {
        script: command.script,
        errorsAsXml: command.isEncoded,
        drives: drives.drives(hostName),
        environment: { ...start.environment, COMPUTERNAME: host.computerName },
      };
      const agent = new AgentRun(fleet, hostName, io, calls, () => drives.sync(hostName));
      const exitCode = await pool.with((process) => {
        const exited = process.run(run, {
          stdin: agent.stdin,
          stdout: (chunk) => agent.stdout(chunk),
          stderr: io.stderr,
          call: (operation, args) => answer(() => call(hostName, operation, args)),
        });
        return untilStopped(process, exited, Promise.race([agent.ended, aborted(io.signal)]));
      });
      drives.sync(hostName);
      return agent.finish(exitCode);
    },
  };
}

/** Gives the exit code of a script, or the one it is stopped with: then its process ends at once. */
async function untilStopped(
  process: Pick<EngineProcess, "kill">,
  exited: Promise<number>,
  stopped: Promise<number>,
): Promise<number> {
  const isOver = await Promise.race([exited.then(() => true), stopped.then(() => false)]);
  if (isOver) return exited;
  await process.kill();
  return stopped;
}

function aborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(TERMINATED);
    signal.addEventListener("abort", () => resolve(TERMINATED), { once: true });
  });
}

/** What a stand-in is told. A call that fails by mistake is an error of the script too, not of the simulator. */
async function answer(call: () => Promise<unknown>): Promise<CallAnswer> {
  try {
    return { result: await call() };
  } catch (error) {
    if (error instanceof StandInError) {
      const { id, category, message, target } = error;
      return { error: { id, category, message, target } };
    }
    return { error: { id: "StandInFailed", category: "NotSpecified", message: String(error), target: null } };
  }
}

function refuse(io: ProcessIo): number {
  io.stderr(Buffer.from("This simulated host runs PowerShell with a command alone.\r\n", "utf8"));
  return 1;
}
