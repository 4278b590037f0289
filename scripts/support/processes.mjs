import { spawn } from "node:child_process";

/** Runs a command in the foreground, its output shown; rejects with a sentence when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    child.once("error", (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new Error(`\`${[command, ...args].join(" ")}\` ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
}

/**
 * Several long-running processes that live and die together. They run in their own process groups, so
 * that a Ctrl-C in the terminal reaches them once, through {@link ProcessSet.stop}, and in order.
 */
export class ProcessSet {
  #children = [];
  #stopping = null;
  #onExit;

  /** `onExit(name, code)`: one of them ended although nobody asked it to. */
  constructor(onExit) {
    this.#onExit = onExit;
  }

  start(name, command, args, options = {}) {
    const child = spawn(command, args, { detached: true, ...options });
    const ended = new Promise((resolve) => {
      child.once("error", () => resolve(1));
      child.once("exit", (code) => resolve(code ?? 1));
    });
    this.#children.push({ name, child, ended });
    void ended.then((code) => {
      if (!this.#stopping) this.#onExit(name, code);
    });
    return child;
  }

  /** Ends all of them, the last started first; kills what has not ended after `graceMs`. */
  stop(graceMs = 35_000) {
    this.#stopping ??= (async () => {
      for (const { child, ended } of [...this.#children].reverse()) {
        signalGroup(child, "SIGTERM");
        const timer = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
        await ended;
        clearTimeout(timer);
        signalGroup(child, "SIGKILL");
      }
    })();
    return this.#stopping;
  }
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** The first line of a stream that `accept` turns into something other than undefined. */
export function firstLine(stream, accept) {
  return new Promise((resolve, reject) => {
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      text += chunk;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        const value = accept(line);
        if (value !== undefined) resolve(value);
      }
    });
    stream.once("end", () => reject(new Error("The output ended before the expected line came.")));
  });
}
