/**
 * What a client sees of powershell.exe:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe?view=powershell-5.1
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeClixml } from "@/lib/winrm/shell/clixml";
import type { Engine } from "@/simulator/engine";
import { deferred } from "@/tests/support/deferred";
import { AGENTS, type EngineUnderTest, powerShellEngine } from "../support/engines";
import { World } from "../support/world";

let pool: EngineUnderTest;
let world: World;
let engine: Engine;

beforeAll(async () => {
  pool = await powerShellEngine();
  world = new World();
  engine = pool.over(world, AGENTS);
});
afterAll(async () => {
  await pool.close();
  world.close();
});

interface Options {
  stdin?: AsyncIterable<Uint8Array>;
  host?: string;
  arguments?: string[];
  environment?: Record<string, string>;
  signal?: AbortSignal;
  onStdout?: (text: string) => void;
}

async function run(script: string, options: Options = {}) {
  const output = { stdout: "", stderr: "" };
  const exitCode = await engine.run(
    options.host ?? "hv01",
    {
      command: "powershell.exe",
      arguments: options.arguments ?? ["-EncodedCommand", Buffer.from(script, "utf16le").toString("base64")],
      skipCmdShell: true,
      workingDirectory: null,
      environment: options.environment ?? {},
    },
    {
      stdin: options.stdin ?? lines(),
      stdout: (chunk) => {
        output.stdout += Buffer.from(chunk).toString("utf8");
        options.onStdout?.(output.stdout);
      },
      stderr: (chunk) => {
        output.stderr += Buffer.from(chunk).toString("utf8");
      },
      signal: options.signal ?? new AbortController().signal,
    },
  );
  return { ...output, exitCode };
}

async function* lines(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(`${text}\n`, "utf8");
}

describe("the exit code", () => {
  test.each([
    ["exit 3", 3],
    ["exit 0", 0],
    ["exit -1", -1],
    ["& { exit 5 }; exit 6", 5],
    ["[System.Environment]::Exit(7)", 7],
    ["1", 0],
    ["throw 'x'", 1],
    ["nosuch", 1],
    ["nosuch; 1", 0],
    ["$ErrorActionPreference = 'Stop'; nosuch; exit 0", 1],
    ["if (", 1],
  ])("of %s is %i", async (script, expected) => {
    expect((await run(script)).exitCode).toBe(expected);
  });
});

describe("standard output", () => {
  test("is what the script writes and what it leaves, as text, its lines ended as on Windows", async () => {
    const script = "[System.Console]::Out.WriteLine('é'); 'one'; 2; [System.Console]::Out.Write(\"raw`n\")";
    expect((await run(script)).stdout).toBe("é\r\none\r\n2\r\nraw\n");
  });

  test("shows objects as a table of 80 columns, without colors", async () => {
    const { stdout } = await run(
      "[pscustomobject]@{ Name = 'a' * 70; Other = 'b' * 70; Third = 1; Fourth = 2; Fifth = 3 }",
    );
    expect(stdout).toMatch(/^\r\nName {3}: a{70}\r\nOther {2}: b{70}\r\nThird {2}: 1\r\n/);
  });

  test("comes while the script runs", async () => {
    const ready = deferred<void>();
    async function* answer() {
      await ready.promise;
      yield Buffer.from("go on\n");
    }
    const script = "[System.Console]::Out.WriteLine('ready'); [System.Console]::In.ReadLine()";
    const { stdout } = await run(script, {
      stdin: answer(),
      onStdout: (text) => text.includes("ready") && ready.resolve(),
    });
    expect(stdout).toBe("ready\r\ngo on\r\n");
  });

  test("is complete where the script ends the process", async () => {
    const { stdout, exitCode } = await run("'before'; [System.Environment]::Exit(7)");
    expect({ stdout, exitCode }).toEqual({ stdout: "before\r\n", exitCode: 7 });
  });

  test("can be large", async () => {
    const script =
      "$line = 'x' * 99; foreach ($number in 1..20000) { [System.Console]::Out.Write(\"$line`n\") }";
    expect((await run(script)).stdout).toBe(`${"x".repeat(99)}\n`.repeat(20_000));
  });
});

describe("standard input", () => {
  test("is read by line and to its end", async () => {
    const script =
      "[System.Console]::In.ReadLine(); [System.Console]::In.ReadToEnd(); $null -eq [System.Console]::In.ReadLine()";
    expect((await run(script, { stdin: lines("é", "b", "c") })).stdout).toBe("é\r\nb\nc\n\r\nTrue\r\n");
  });

  test("is read as a stream of bytes", async () => {
    const script =
      "$stream = [System.Console]::OpenStandardInput(); $stream.ReadByte(); $stream.ReadByte(); $stream.ReadByte()";
    expect((await run(script, { stdin: lines("é") })).stdout).toBe("195\r\n169\r\n10\r\n");
  });

  test("need not be read", async () => {
    async function* much() {
      for (let count = 0; count < 200; count += 1) yield Buffer.alloc(65_536, "x");
    }
    expect((await run("'done'", { stdin: much() })).stdout).toBe("done\r\n");
    expect((await run("[System.Console]::In.ReadLine()", { stdin: lines("mine") })).stdout).toBe("mine\r\n");
  });
});

describe("standard error", () => {
  test("is CLIXML where the command was encoded", async () => {
    const script = `$host.UI.WriteWarningLine('<w>'); $host.UI.WriteVerboseLine('v'); nosuch
      $host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(2, 'copy', 'half'))`;
    const { stderr } = await run(script);
    expect(stderr).toMatch(
      /^#< CLIXML\r\n<Objs Version="1\.1\.0\.1" xmlns="http:\/\/schemas\.microsoft\.com\/powershell\/2004\/04">.*<\/Objs>$/,
    );
    expect(stderr).toContain(
      '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T>',
    );
    expect(stderr).toContain(
      '<PR N="Record"><AV>copy</AV><AI>2</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Processing</T><SR>-1</SR><SD>half</SD></PR>',
    );
    expect(stderr).toContain("_x000D__x000A_</S>");
    const records = decodeClixml(stderr.slice(stderr.indexOf("<Objs")));
    expect(records.slice(0, 3)).toEqual([
      { stream: "warning", text: "<w>" },
      { stream: "verbose", text: "v" },
      { stream: "error", text: expect.stringMatching(/^nosuch : The term 'nosuch' is not recognized/) },
    ]);
    expect(stderr).toContain("+ FullyQualifiedErrorId : CommandNotFoundException");
  });

  test("is text where it was not", async () => {
    const { stderr } = await run("", { arguments: ["-Command", "nosuch"] });
    expect(stderr).toMatch(/^nosuch : The term 'nosuch' is not recognized/);
  });

  test("is empty where there is nothing to show, and takes what a script writes itself", async () => {
    expect((await run("1")).stderr).toBe("");
    expect((await run("[System.Console]::Error.Write('e')")).stderr).toBe("e");
  });

  test("names a question that nobody can answer", async () => {
    const { stderr, exitCode } = await run("$host.UI.ReadLine()");
    expect(stderr).toContain("NonInteractive");
    expect(exitCode).toBe(1);
  });
});

describe("a run", () => {
  test("leaves nothing to the next one of its process", async () => {
    const leave = `$global:left = 1; function global:Get-Left { 1 }; $env:AETHERV_LEFT = 1
      [System.Environment]::CurrentDirectory = '/'; $ErrorActionPreference = 'Stop'; Set-StrictMode -Version 3.0
      [System.Console]::SetOut([System.IO.TextWriter]::Null)`;
    const look = `"$left|$(Get-Command -Name Get-Left -ErrorAction Ignore)|$env:AETHERV_LEFT|$ErrorActionPreference"
      [System.Environment]::CurrentDirectory -eq '/'`;
    for (let count = 0; count < 6; count += 1) await run(leave);
    for (let count = 0; count < 6; count += 1) {
      expect((await run(look)).stdout).toBe("|||Continue\r\nFalse\r\n");
    }
  });

  test("has the client's variables, and none of this machine's", async () => {
    const { stdout } = await run('"$env:CLIENT|$env:COMPUTERNAME|$env:npm_config_user_agent|$env:VITEST"', {
      environment: { CLIENT: "c" },
    });
    expect(stdout).toBe("c|HV01||\r\n");
  });

  test("has its host's drives", async () => {
    const script =
      "Test-Path -LiteralPath 'D:\\Hyper-V'; Test-Path -LiteralPath 'C:\\ClusterStorage\\Volume1'";
    expect((await run(script, { host: "hv01" })).stdout).toBe("False\r\nTrue\r\n");
    expect((await run(script, { host: "hv03" })).stdout).toBe("True\r\nFalse\r\n");
  });

  test("goes on beside others", async () => {
    let arrived = 0;
    const allRun = deferred<void>();
    async function* whenAllRun(name: string) {
      arrived += 1;
      if (arrived === 5) allRun.resolve();
      await allRun.promise;
      yield Buffer.from(`${name}\n`);
    }
    const names = ["a", "b", "c", "d", "e"];
    const outputs = await Promise.all(
      names.map((name) => run("[System.Console]::In.ReadLine()", { stdin: whenAllRun(name) })),
    );
    expect(outputs.map(({ stdout }) => stdout)).toEqual(names.map((name) => `${name}\r\n`));
  });

  test("is ended at once by a signal, whatever it does", async () => {
    const abort = new AbortController();
    const { exitCode, stdout } = await run(
      "'started'; while ($true) { try { while ($true) { } } finally { } }",
      {
        signal: abort.signal,
        onStdout: () => abort.abort(),
      },
    );
    expect(stdout).toBe("started\r\n");
    expect(exitCode).toBe(0xc000013a | 0);
    expect((await run("'next'")).stdout).toBe("next\r\n");
  });

  test("whose process dies ends with an exit code, and the next one runs", async () => {
    const { exitCode } = await run("[System.Environment]::FailFast('on purpose')");
    expect(exitCode).not.toBe(0);
    expect((await run("'next'")).stdout).toBe("next\r\n");
  });
});

test("another program than PowerShell cannot be started", async () => {
  const start = {
    command: "notepad.exe",
    arguments: [],
    skipCmdShell: true,
    workingDirectory: null,
    environment: {},
  };
  const io = {
    stdin: lines(),
    stdout: () => undefined,
    stderr: () => undefined,
    signal: new AbortController().signal,
  };
  await expect(engine.run("hv01", start, io)).rejects.toMatchObject({
    name: "ProcessStartError",
    code: 2147942402,
  });
});
