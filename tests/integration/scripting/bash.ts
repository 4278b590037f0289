import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { endOfExample, type Shell, type ShellOptions } from "./shell";

/** Runs each line of descriptor 3, which is a script in base64, and says when it has. */
const LOOP = String.raw`
while IFS= read -r script <&3; do
  eval "$(base64 --decode <<<"$script")"
  printf '%s\n' "$END_OF_EXAMPLE"
done`;

/** One bash, in which examples are run one after the other. */
export function startBash({ folder, environment }: ShellOptions): Shell {
  const end = endOfExample();
  const shell = spawn("bash", ["--noprofile", "--norc", "-c", LOOP], {
    cwd: folder,
    env: { ...process.env, ...environment, END_OF_EXAMPLE: end.mark },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  shell.stdout?.setEncoding("utf8").on("data", end.receive);
  let said = "";
  shell.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const closed = once(shell, "close").then(() => {
    throw new Error(`bash ended with ${shell.exitCode}:\n${said}`);
  });
  closed.catch(() => undefined);
  const input = shell.stdio[3] as Writable;
  return {
    run(code) {
      input.write(`${Buffer.from(code, "utf8").toString("base64")}\n`);
      return Promise.race([end.next(), closed]);
    },
    async close() {
      input.end();
      await closed.catch(() => undefined);
    },
  };
}
