import { execFileSync } from "node:child_process";

/** What a shell hands to curl: its arguments, and what stands on its standard input. */
export function handedToCurl(command: string, shell = "sh"): { args: string[]; input: string } {
  const script = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat;; esac; }\n${command}\n`;
  const parts = execFileSync(shell, { input: script, encoding: "utf8" }).split("\0");
  return { args: parts.slice(0, -1), input: parts.at(-1) ?? "" };
}
