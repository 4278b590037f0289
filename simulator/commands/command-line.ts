/** A command line, taken apart. */
export interface CommandLine {
  /** The program without folder, quotes and `.exe`, in lower case: `powershell`. */
  program: string;
  /** What follows it, trimmed. */
  rest: string;
}

/** Takes a command line apart after its first word. As with cmd, a `/` ends the word too: `cmd/c ver`. */
export function parseCommandLine(line: string): CommandLine {
  const match = /^\s*(?:"([^"]*)"|([^\s/]+))(.*)$/s.exec(line);
  const program = (match?.[1] ?? match?.[2] ?? "")
    .replace(/^.*\\/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();
  return { program, rest: (match?.[3] ?? "").trim() };
}

/** Arguments as a Windows program gets them, as far as quotes around an argument go (CommandLineToArgvW). */
export function splitArguments(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ""));
}
