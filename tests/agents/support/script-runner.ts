import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { CallAnswer, EngineProcess } from "@/simulator/powershell-engine/process";
import { startEngineProcess } from "@/simulator/powershell-engine/program";

export interface ScriptOutput {
  /** Without the last line break; line breaks as `\n`. */
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface ScriptOptions {
  stdin?: string;
  /** Files of the drive C by their paths, with `/`. */
  files?: Record<string, string | Uint8Array>;
  /** Answers Invoke-StandIn. */
  call?: (operation: string, args: Record<string, unknown>) => CallAnswer | Promise<CallAnswer>;
  /** Letter of each drive to its folder, in place of a drive C of the script's own. */
  drives?: Record<string, string>;
}

/** Runs small scripts in one process of the engine, each with a drive C of its own. */
export interface ScriptRunner {
  run(script: string, options?: ScriptOptions): Promise<ScriptOutput>;
  /** The last expression of the script, as JSON that the script itself wrote. */
  text(script: string, options?: ScriptOptions): Promise<string>;
}

/** A runner for the tests of one file. */
export function createScriptRunner(): ScriptRunner {
  let engine: EngineProcess;
  const directories: string[] = [];
  beforeAll(async () => {
    engine = await startEngineProcess();
  });
  afterAll(async () => {
    await engine.kill();
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  const run = async (script: string, options: ScriptOptions = {}): Promise<ScriptOutput> => {
    const drive = mkdtempSync(join(tmpdir(), "aetherv-script-"));
    directories.push(drive);
    for (const [path, content] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(drive, path)), { recursive: true });
      writeFileSync(join(drive, path), content);
    }
    const output = { stdout: "", stderr: "" };
    const exitCode = await engine.run(
      { script, drives: options.drives ?? { C: drive }, environment: {}, errorsAsXml: false },
      {
        stdin: once(options.stdin ?? ""),
        stdout: (chunk) => {
          output.stdout += Buffer.from(chunk).toString("utf8");
        },
        stderr: (chunk) => {
          output.stderr += Buffer.from(chunk).toString("utf8");
        },
        call: async (operation, args) => (await options.call?.(operation, args)) ?? { result: null },
      },
    );
    return { stdout: clean(output.stdout), stderr: clean(output.stderr), exitCode };
  };
  return {
    run,
    text: async (script, options) => {
      const { stdout, stderr } = await run(script, options);
      if (stderr !== "") throw new Error(stderr);
      return stdout;
    },
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  if (text !== "") yield Buffer.from(text, "utf8");
}

function clean(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}
