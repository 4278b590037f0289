import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, received, type Seen, WinrmDouble, wsmanFault } from "@/tests/support/winrm-double";
import { WinrmClient } from "../client";
import type { RemoteProcess } from "./process";
import type { Shell } from "./shell";

let host: WinrmDouble;
let client: WinrmClient;
let shell: Shell;
let process: RemoteProcess;

beforeEach(async () => {
  host = await WinrmDouble.start();
  client = new WinrmClient({
    url: host.url,
    username: "admin",
    password: { reveal: () => "x" },
    tls: { ca: host.ca },
    maxEnvelopeBytes: 8000,
  });
  shell = await client.openShell();
  process = await shell.start({ command: "a.exe" });
});

afterEach(async () => {
  client.close();
  await host.stop();
});

/** Reads until a chunk satisfies, and stops there. */
async function readUntil(last: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { bytes } of process.output()) {
    texts.push(Buffer.from(bytes).toString());
    if (texts.at(-1) === last) break;
  }
  return texts;
}

describe("output", () => {
  it("goes on where it was left off, and leaves no Receive under way", async () => {
    const replies = [
      received(
        [
          ["stdout", "a"],
          ["stderr", "b"],
          ["stdout", "c"],
        ],
        null,
      ),
      received([["stdout", "d"]], 3),
    ];
    host.on("Receive", (seen) => answer(seen, replies[host.count("Receive") - 1] ?? ""));
    expect(await readUntil("a")).toEqual(["a"]);
    expect(host.count("Receive")).toBe(1);
    expect(await readUntil("d")).toEqual(["b", "c", "d"]);
    expect(await readUntil("none")).toEqual([]);
    expect([host.count("Receive"), process.exitCode]).toEqual([2, 3]);
  });
});

describe("write", () => {
  it("leaves stdin open, and sends nothing for nothing", async () => {
    await process.write(Buffer.from("one"));
    await process.write(new Uint8Array());
    await process.write(Buffer.alloc(20_000, 120));
    const sends = host.seen.filter((seen) => seen.operation === "Send");
    expect(sends.some((seen) => seen.xml.includes("End="))).toBe(false);
    expect(sends.length).toBeGreaterThan(3);
    expect(Math.max(...sends.map((seen) => Buffer.byteLength(seen.xml)))).toBeLessThanOrEqual(8000);
    await process.end();
    expect(host.stdin.length).toBe(20_003);
    expect(host.seen.at(-1)?.xml).toContain('End="true"');
  });

  it("that the host refused certainly did not arrive; one without an answer may have", async () => {
    host.on("Send", (seen) =>
      answer(seen, wsmanFault(2147942509, "InternalError", "The pipe has been ended."), 500),
    );
    await expect(process.write(Buffer.from("x"))).rejects.toMatchObject({ kind: "fault", sent: false });
    host.on("Send", (seen) => answer(seen, wsmanFault(2150858793, "TimedOut", "not yet"), 500));
    await expect(process.write(Buffer.from("x"))).rejects.toMatchObject({ kind: "fault", sent: true });
    host.on("Send", ({ request }: Seen) => void request.socket.destroy());
    await expect(process.write(Buffer.from("x"))).rejects.toMatchObject({ kind: "contact_lost", sent: true });
    expect(host.count("Send")).toBe(3);
  });

  it("takes stdin piece by piece, as it comes", async () => {
    async function* pieces() {
      for (const text of ["a", "b", "c"]) yield Buffer.from(text);
    }
    await process.end(pieces());
    expect(host.stdin.toString()).toBe("abc");
    expect(host.seen.map(({ xml }) => xml.includes('End="true"')).lastIndexOf(true)).toBe(
      host.seen.length - 1,
    );
  });
});

it("terminate asks the host once, however often it is called", async () => {
  await Promise.all([process.terminate(), process.terminate()]);
  expect(host.count("Signal")).toBe(1);
});

it("a shell whose creation was not answered is deleted by the id that was asked for", async () => {
  host.on("Create", ({ request }) => void request.socket.destroy());
  await expect(client.openShell()).rejects.toMatchObject({ kind: "contact_lost", sent: false });
  const [create] = host.seen.filter(({ operation }) => operation === "Create").slice(-1);
  const id = /<rsp:Shell ShellId="([^"]+)"/.exec(create?.xml ?? "")?.[1] ?? "none";
  expect(host.seen.at(-1)?.operation).toBe("Delete");
  expect(host.seen.at(-1)?.xml).toContain(`<w:Selector Name="ShellId">${id}</w:Selector>`);
});

it("shells that follow each other use the connections of those before", async () => {
  await process.terminate();
  await shell.close();
  const next = await client.openShell();
  await next.run({ command: "a.exe" });
  await next.close();
  const sockets = new Set(host.seen.map((seen) => seen.request.socket));
  expect(sockets.size).toBe(2);
});

it("a connection that the host closed between two requests is replaced, and nothing is lost", async () => {
  host.seen[0]?.request.socket.end();
  await new Promise((resolve) => host.seen[0]?.request.socket.once("close", resolve));
  await shell.close();
  expect(host.operations).toEqual(["Create", "Command", "Delete"]);
});
