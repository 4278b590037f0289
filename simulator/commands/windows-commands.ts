import { type Engine, type ProcessIo, type ProcessStart, ProcessStartError } from "../engine";

/** ERROR_FILE_NOT_FOUND as an HRESULT. */
const FILE_NOT_FOUND = 2147942402;

type Command = (line: string, host: string, io: ProcessIo) => number;

/**
 * A few genuine Windows commands for any host, so that other WinRM clients have something to run; PowerShell
 * goes to the engine, everything else is not found.
 */
export class WindowsCommands implements Engine {
  private readonly powershell: Engine;

  constructor(powershell: Engine) {
    this.powershell = powershell;
  }

  async run(host: string, start: ProcessStart, io: ProcessIo): Promise<number> {
    if (isPowerShell(start.command)) return this.powershell.run(host, start, io);
    const line = [start.command, ...start.arguments].join(" ").trim();
    if (!start.skipCmdShell) return runLine(line, host, io);
    const program = programName(line);
    if (program !== "cmd" && !(program in EXECUTABLES)) {
      throw new ProcessStartError(FILE_NOT_FOUND, "The system cannot find the file specified.");
    }
    return runLine(line, host, io);
  }
}

function isPowerShell(command: string): boolean {
  return /^"?(?:.*\\)?powershell(?:\.exe)?"?$/i.test(command.trim());
}

function programName(line: string): string {
  const first = /^"([^"]*)"|^[^\s/]+/.exec(line);
  return (first?.[1] ?? first?.[0] ?? "")
    .replace(/^.*\\/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();
}

function runLine(line: string, host: string, io: ProcessIo): number {
  const program = programName(line);
  const rest = line.replace(/^("[^"]*"|[^\s/]+)/, "");
  if (program === "cmd") {
    const nested = /^\s*\/[cC]\s+(.*)$/s.exec(rest)?.[1];
    return nested === undefined ? 0 : runLine(nested.trim(), host, io);
  }
  const command = { ...EXECUTABLES, ...BUILT_INS }[program];
  if (command !== undefined) return command(rest.trim(), host, io);
  writeLine(
    io.stderr,
    `'${program}' is not recognized as an internal or external command,\r\noperable program or batch file.`,
  );
  return 1;
}

const EXECUTABLES: Record<string, Command> = {
  hostname: (_rest, host, io) => writeLine(io.stdout, host.toUpperCase()),
  whoami: (_rest, host, io) => writeLine(io.stdout, `${host}\\administrator`),
  ipconfig: (_rest, host, io) =>
    writeLine(
      io.stdout,
      [
        "",
        "Windows IP Configuration",
        "",
        `   Host Name . . . . . . . . . . . . : ${host.toUpperCase()}`,
        "   Node Type . . . . . . . . . . . . : Hybrid",
        "   IP Routing Enabled. . . . . . . . : No",
        "   WINS Proxy Enabled. . . . . . . . : No",
      ].join("\r\n"),
    ),
};

const BUILT_INS: Record<string, Command> = {
  ver: (_rest, _host, io) => writeLine(io.stdout, "\r\nMicrosoft Windows [Version 10.0.20348.2700]"),
  echo: (rest, _host, io) => writeLine(io.stdout, rest),
  exit: (rest) => Number.parseInt(rest.replace(/^\/b\s*/i, ""), 10) || 0,
};

function writeLine(write: (chunk: Uint8Array) => void, text: string): number {
  write(Buffer.from(`${text}\r\n`, "utf8"));
  return 0;
}
