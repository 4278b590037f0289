import { providerFault } from "./fault";

/** What `cmd.exe` takes, and what CreateProcess takes, in UTF-16 characters. */
const CMD_SHELL_LIMIT = 8191;
const CREATE_PROCESS_LIMIT = 32_767;

/**
 * The command line of a Command: its parts joined by spaces, as the shell does it (MS-WSMV 2.2.4.7). Throws
 * the fault ERROR_FILENAME_EXCED_RANGE where it is too long.
 */
export function commandLineOf(command: string, args: readonly string[], skipCmdShell: boolean): string {
  const line = [command, ...args].join(" ");
  if (line.length > (skipCmdShell ? CREATE_PROCESS_LIMIT : CMD_SHELL_LIMIT)) {
    throw providerFault(2147942606, "The filename or extension is too long. ");
  }
  return line;
}
