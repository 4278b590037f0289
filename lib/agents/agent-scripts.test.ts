import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { AGENTS, type AgentCall } from "./agent-call";
import { AgentScripts } from "./agent-scripts";
import { requestJson } from "./request";

const directories: string[] = [];
const seed = Date.now() % 2 ** 31;

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

/** A folder like `agents/`, its files replaced or (null) left out. */
function folder(files: Record<string, string | Uint8Array | null> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "agents-"));
  directories.push(directory);
  mkdirSync(join(directory, "common"));
  const all = {
    "bootstrap.ps1": "# Comment\n\n  # more\r\n$a = 1 # kept\r\n    $b\n",
    "warm-bootstrap.ps1": "# Comment\n$c\n",
    "common/b.ps1": "B\n",
    "common/a.ps1": "Ä\n",
    "common/Z.ps1": "Z\n",
    ...Object.fromEntries(AGENTS.map((agent) => [`${agent}.ps1`, `# ${agent}\n`])),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    if (content !== null) writeFileSync(join(directory, name), content);
  }
  return directory;
}

const real = AgentScripts.load("agents");

describe("the command line", () => {
  it("is the bootstrap without comments and blank lines, in UTF-16LE base64", () => {
    const scripts = AgentScripts.load(folder());
    expect(scripts.command).toBe("powershell.exe");
    expect(scripts.arguments.slice(0, -1)).toEqual([
      "-NoLogo",
      "-NoProfile",
      "-NonInteractive",
      "-InputFormat",
      "None",
      "-EncodedCommand",
    ]);
    expect(Buffer.from(scripts.arguments.at(-1) ?? "", "base64").toString("utf16le")).toBe(
      "$a = 1 # kept\n    $b",
    );
  });

  it("fits Windows for the real bootstrap, which reads three lines and names no pipeline input", () => {
    expect([real.command, ...real.arguments].join(" ").length).toBeLessThan(8191);
    const bootstrap = Buffer.from(real.arguments.at(-1) ?? "", "base64").toString("utf16le");
    expect(bootstrap).not.toMatch(/^\s*(#|$)/m);
    expect(bootstrap).not.toMatch(/\$input\b/i);
  });

  it.each([
    [
      "a bootstrap that is too long",
      { "bootstrap.ps1": "x".repeat(3100) },
      /bootstrap\.ps1 makes a command line of \d+ characters; Windows takes 8191/,
    ],
    ["a block comment in the bootstrap", { "bootstrap.ps1": "<# x #>\n$a" }, /block comments/],
    ["a missing entry script", { "disk.ps1": null }, /disk\.ps1/],
    ["a byte order mark", { "vm.ps1": "\uFEFF$a" }, /vm\.ps1 begins with a byte order mark/],
    ["another encoding", { "nic.ps1": Buffer.from("ä", "latin1") }, /nic\.ps1 is not UTF-8/],
    [
      "no common part",
      { "common/a.ps1": null, "common/b.ps1": null, "common/Z.ps1": null },
      /common holds no \.ps1 file/,
    ],
  ])("is refused at load for %s", (_, files, message) => {
    expect(() => AgentScripts.load(folder(files))).toThrow(message);
  });
});

describe("stdin", () => {
  it("is three lines: the common files in the order of their names, the entry script, the request", () => {
    const stdin = Buffer.from(AgentScripts.load(folder()).stdin("nic", '{"ü":1}')).toString("latin1");
    const lines = stdin.split("\n");
    expect(lines.map((line) => Buffer.from(line, "base64").toString("utf8"))).toEqual([
      "Z\nÄ\nB\n",
      "# nic\n",
      '{"ü":1}',
      "",
    ]);
  });

  it(`carries any value exactly and changes nothing but the third line (seed ${seed})`, () => {
    const nasty = fc.constantFrom(
      "'; Remove-Item C:\\ -Recurse #",
      '"$(calc)"',
      "`n",
      "\u2019",
      "\u0000",
      "\ud800",
      "__proto__",
      "\n\n",
    );
    const text = fc.oneof({ weight: 4, arbitrary: fc.string({ unit: "binary" }) }, nasty, fc.string());
    const before = real.arguments.join(" ");
    const [common, entry] = lines(real.stdin("vm", "{}"));
    fc.assert(
      fc.property(fc.dictionary(text, text), fc.array(fc.tuple(text, text)), (spec, guest) => {
        const secrets = guest.map(([name, value]) => [name, new Secret(value)] as const);
        const call: AgentCall = {
          agent: "vm",
          operation: "create",
          schema: { name: "vm", version: "1" },
          job_id: "j",
          context: null,
          spec,
          guest_config: new Map(secrets),
        };
        const sent = lines(real.stdin("vm", requestJson(call, "n")));
        expect(sent.slice(0, 2)).toEqual([common, entry]);
        expect(sent).toHaveLength(4);
        const request = JSON.parse(Buffer.from(sent[2] ?? "", "base64").toString("utf8"));
        expect(Object.entries(request.spec)).toEqual(Object.entries({ ...spec }));
        expect(new Map(Object.entries(request.guest_config))).toEqual(new Map(guest));
        expect(real.arguments.join(" ")).toBe(before);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

function lines(stdin: Uint8Array): string[] {
  return Buffer.from(stdin).toString("latin1").split("\n");
}

describe("a process that serves one call after the other", () => {
  const text = (lines: Uint8Array) =>
    Buffer.from(lines)
      .toString("latin1")
      .split("\n")
      .map((line) => Buffer.from(line, "base64").toString());

  it("has a command line of its own that fits Windows", () => {
    const bootstrap = Buffer.from(real.warmArguments.at(-1) ?? "", "base64").toString("utf16le");
    expect([real.command, ...real.warmArguments].join(" ").length).toBeLessThan(8191);
    expect(bootstrap).not.toMatch(/^\s*(#|$)/m);
    expect(bootstrap).not.toMatch(/\$input\b/i);
    expect(() => AgentScripts.load(folder({ "warm-bootstrap.ps1": null }))).toThrow(/warm-bootstrap\.ps1/);
  });

  it("gets the common part once, and each entry script once", () => {
    const scripts = AgentScripts.load(folder());
    expect(text(scripts.warmStart(7))).toEqual(["Z\nÄ\nB\n", "7", ""]);
    const first = Buffer.from(scripts.warmCall("vm", "n1", '{"a":1}', new Set()))
      .toString("latin1")
      .split("\n");
    expect(first[0]).toBe("n1 vm");
    expect(first.slice(1).map((line) => Buffer.from(line, "base64").toString())).toEqual([
      "# vm\n",
      '{"a":1}',
      "",
    ]);
    const second = Buffer.from(scripts.warmCall("vm", "n2", "{}", new Set(["vm"]))).toString("latin1");
    expect(second).toBe("n2 vm\n\ne30=\n");
  });
});
