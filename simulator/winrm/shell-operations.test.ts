import { afterEach, beforeEach, expect, test } from "vitest";
import type { Engine } from "../engine";
import { streamBytes } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

const cat: Engine = {
  async run(_host, _start, io) {
    for await (const chunk of io.stdin) io.stdout(chunk);
    io.stderr(Buffer.from("done"));
    return 3;
  },
};

let host: TestHost;
beforeEach(async () => {
  host = await startTestHost(cat);
});
afterEach(() => host.close());

test("a process gets its input, and its output and exit code come back", async () => {
  const { client } = host;
  const shellId = await client.createShell();
  const commandId = await client.startCommand(shellId, "cat");
  await client.input(shellId, commandId, Buffer.from("one "), false);
  await client.input(shellId, commandId, Buffer.from("two"), true);
  let stdout = "";
  let last = "";
  while (!last.includes("CommandState/Done")) {
    last = (await client.receive(shellId, commandId)).body;
    stdout += streamBytes(last, "stdout").toString();
  }
  expect(stdout).toBe("one two");
  expect(last).toContain("<rsp:ExitCode>3</rsp:ExitCode>");
  expect((await client.delete(shellId)).status).toBe(200);
});
