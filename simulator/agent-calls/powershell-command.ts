/** What a command line asks powershell.exe to run. */
export interface PowerShellCommand {
  script: string;
  /** Given as `-EncodedCommand`: then powershell.exe writes CLIXML to a redirected stderr. */
  isEncoded: boolean;
}

/** Parameters of powershell.exe that are followed by a value of theirs, and do not matter here. */
const WITH_VALUE = ["executionpolicy", "ep", "inputformat", "outputformat", "version", "windowstyle"];

/**
 * Reads the arguments of powershell.exe, whose parameters may be shortened (about_PowerShell_exe). null: there
 * is no command among them.
 */
export function readPowerShellCommand(args: readonly string[]): PowerShellCommand | null {
  for (let index = 0; index < args.length; index++) {
    const parameter = /^[-/](\w+)$/.exec(args[index] ?? "")?.[1]?.toLowerCase();
    const value = args[index + 1];
    if (parameter !== undefined && isShortFor(parameter, "encodedcommand", "ec")) {
      return value === undefined ? null : { script: decode(value), isEncoded: true };
    }
    if (parameter === undefined || isShortFor(parameter, "command")) {
      const words = args.slice(parameter === undefined ? index : index + 1);
      return words.length === 0 ? null : { script: words.join(" "), isEncoded: false };
    }
    if (WITH_VALUE.some((name) => name.startsWith(parameter))) index += 1;
  }
  return null;
}

function isShortFor(given: string, name: string, alias = name): boolean {
  return name.startsWith(given) || given === alias;
}

function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf16le");
}

/** Whether a command is Windows PowerShell, by whatever path. */
export function isPowerShell(command: string): boolean {
  return /(^|[\\/])powershell(\.exe)?$/i.test(command.replaceAll('"', ""));
}
