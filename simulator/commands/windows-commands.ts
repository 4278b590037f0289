import { type Engine, type ProcessIo, type ProcessStart, ProcessStartError } from "../engine";
import { parseCommandLine, splitArguments } from "./command-line";

/** ERROR_FILE_NOT_FOUND as an HRESULT. */
const FILE_NOT_FOUND = 2147942402;
/** `for /L %x in (start,step,end) do command` */
const COUNTING_LOOP = /^\/l\s+%(\w)\s+in\s*\((-?\d+),(-?\d+),(-?\d+)\)\s+do\s+@?(.*)$/is;
const MAX_ITERATIONS = 1_000_000;

/** Runs with what follows its name on the line; gives the exit code. */
type Command = (rest: string, host: string, io: ProcessIo) => number;

/**
 * A few genuine Windows commands for any host, so that other WinRM clients have something to run. PowerShell
 * goes to the engine; anything else is not found, as Windows says it.
 */
export class WindowsCommands implements Engine {
  readonly #powershell: Engine;

  constructor(powershell: Engine) {
    this.#powershell = powershell;
  }

  async run(host: string, start: ProcessStart, io: ProcessIo): Promise<number> {
    const line = [start.command, ...start.arguments].join(" ");
    const { program, rest } = parseCommandLine(start.skipCmdShell ? start.command : line);
    if (program === "powershell") {
      // Through cmd the line may have come as one piece: then its words are the arguments.
      const args = start.skipCmdShell ? start.arguments : splitArguments(rest);
      return this.#powershell.run(host, { ...start, command: "powershell.exe", arguments: args }, io);
    }
    if (start.skipCmdShell && !(program in EXECUTABLES)) {
      throw new ProcessStartError(FILE_NOT_FOUND, "The system cannot find the file specified.");
    }
    return runLine(line, host, io);
  }
}

function runLine(line: string, host: string, io: ProcessIo): number {
  const { program, rest } = parseCommandLine(line);
  const command = EXECUTABLES[program] ?? BUILT_INS[program];
  if (command !== undefined) return command(rest, host, io);
  return fail(
    io,
    `'${program}' is not recognized as an internal or external command,\r\noperable program or batch file.`,
  );
}

const EXECUTABLES: Record<string, Command> = {
  cmd(rest, host, io) {
    const nested = /^\/c\s+(.*)$/is.exec(rest)?.[1];
    return nested === undefined ? 0 : runLine(nested, host, io);
  },
  hostname: (_rest, host, io) => print(io, host.toUpperCase()),
  whoami: (_rest, host, io) => print(io, `${host}\\aetherv`),
  ipconfig: (_rest, host, io) => print(io, ipConfiguration(host)),
};

const BUILT_INS: Record<string, Command> = {
  ver: (_rest, _host, io) => print(io, "\r\nMicrosoft Windows [Version 10.0.20348.2700]"),
  echo: (rest, _host, io) => print(io, rest),
  exit: (rest) => Number.parseInt(rest.replace(/^\/b\s*/i, ""), 10) || 0,
  for(rest, host, io) {
    const [, variable = "", ...parts] = COUNTING_LOOP.exec(rest) ?? [];
    const body = parts[3];
    if (body === undefined) return fail(io, `${rest} was unexpected at this time.`);
    const [from = 0, step = 0, to = 0] = parts.slice(0, 3).map(Number);
    if (step === 0 || Math.abs(to - from) / Math.abs(step) >= MAX_ITERATIONS) {
      return fail(io, "This simulated host does not count that far.");
    }
    let exitCode = 0;
    for (let value = from; step > 0 ? value <= to : value >= to; value += step) {
      exitCode = runLine(body.replaceAll(`%${variable}`, String(value)), host, io);
    }
    return exitCode;
  },
};

function ipConfiguration(host: string): string {
  return [
    "",
    "Windows IP Configuration",
    "",
    `   Host Name . . . . . . . . . . . . : ${host.toUpperCase()}`,
    "   Node Type . . . . . . . . . . . . : Hybrid",
    "   IP Routing Enabled. . . . . . . . : No",
    "   WINS Proxy Enabled. . . . . . . . : No",
  ].join("\r\n");
}

function print(io: ProcessIo, text: string): number {
  io.stdout(Buffer.from(`${text}\r\n`, "utf8"));
  return 0;
}

function fail(io: ProcessIo, text: string): number {
  io.stderr(Buffer.from(`${text}\r\n`, "utf8"));
  return 1;
}
