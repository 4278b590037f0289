/**
 * The script that a PowerShell command line carries in `-EncodedCommand` (or a prefix of that name, as
 * powershell.exe allows); null: it carries none.
 */
export function encodedScript(args: string[]): string | null {
  for (const [index, argument] of args.entries()) {
    const name = argument.toLowerCase();
    if (name.length < 2 || !/^[-/]/.test(name)) continue;
    const isEncoded = "encodedcommand".startsWith(name.slice(1)) || name.slice(1) === "ec";
    if (!isEncoded) continue;
    const value = args[index + 1];
    return value === undefined ? null : Buffer.from(value, "base64").toString("utf16le");
  }
  return null;
}

/** Whether a command is Windows PowerShell, by whatever path. */
export function isPowerShell(command: string): boolean {
  return /(^|[\\/])powershell(\.exe)?$/i.test(command.replaceAll('"', ""));
}
