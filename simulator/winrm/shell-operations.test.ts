import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Engine, type ProcessStart, ProcessStartError } from "../engine";
import { faultCode, type RawClient, streamBytes } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

/** What the engine below was asked to start, and the signals of its processes. */
let started: ProcessStart[];
let signals: AbortSignal[];

/** Programs for these tests; `wait` ends with its input. */
const engine: Engine = {
  async run(_host, start, io) {
    started.push(start);
    signals.push(io.signal);
    if (start.command === "missing")
      throw new ProcessStartError(2147942402, "The system cannot find the file specified.");
    if (start.command === "flood") io.stdout(Buffer.alloc(700_000, "0123456789abcdef"));
    if (start.command === "both") {
      io.stdout(Buffer.from("out"));
      io.stderr(Buffer.from("err"));
    }
    if (start.command === "breaks") throw new Error("a defect of the engine");
    if (start.command === "cat") for await (const chunk of io.stdin) io.stdout(chunk);
    if (start.command === "wait") for await (const _chunk of io.stdin);
    return 3;
  },
};

let host: TestHost;
let client: RawClient;
beforeEach(async () => {
  started = [];
  signals = [];
  host = await startTestHost(engine);
  client = host.client;
});
afterEach(() => host.close());

/** Waits for a condition, also on a machine that is busy. */
function eventually<Value>(read: () => Value) {
  return expect.poll(read, { timeout: 20_000 });
}

/** Receives until Done; gives all answers joined. */
async function receiveAll(shellId: string, commandId: string): Promise<string> {
  let all = "";
  while (!all.includes("CommandState/Done")) all += (await client.receive(shellId, commandId)).body;
  return all;
}

describe("Create", () => {
  test("answers with the shell, related to the request", async () => {
    const answer = await client.send(
      "Create",
      "<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams><rsp:IdleTimeOut>PT60S</rsp:IdleTimeOut></rsp:Shell>",
      { messageId: "uuid:11111111-2222-3333-4444-555555555555" },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/soap+xml;charset=UTF-8");
    expect(answer.body).toContain(
      "<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/CreateResponse</a:Action>",
    );
    expect(answer.body).toContain("<a:RelatesTo>uuid:11111111-2222-3333-4444-555555555555</a:RelatesTo>");
    expect(answer.body).toMatch(/<a:MessageID>uuid:(?!11111111)[0-9A-F-]{36}<\/a:MessageID>/);
    expect(answer.body).toMatch(/<w:Selector Name="ShellId">([0-9A-F-]{36})<\/w:Selector>.*<rsp:ShellId>\1</);
    expect(answer.body).toContain("<rsp:IdleTimeOut>PT60.000S</rsp:IdleTimeOut>");
    expect(answer.body).toContain("<rsp:Owner>AETHERV</rsp:Owner><rsp:ClientIP>127.0.0.1</rsp:ClientIP>");
  });

  test.each([
    ["plain milliseconds", "<rsp:IdleTimeOut>60000</rsp:IdleTimeOut>", 2150858817],
    ["an unknown element", "<rsp:Streams>stdin</rsp:Streams>", 2150858817],
    ["an unknown stream", "<rsp:OutputStreams>stdout pr</rsp:OutputStreams>", 87],
    [
      "a variable without a name",
      "<rsp:Environment><rsp:Variable>x</rsp:Variable></rsp:Environment>",
      2150858817,
    ],
  ])("refuses %s", async (_what, inner, code) => {
    const answer = await client.send("Create", `<rsp:Shell>${inner}</rsp:Shell>`);
    expect([answer.status, faultCode(answer)]).toEqual([500, code]);
  });

  test.each([
    ["WINRS_NOPROFILE", "maybe"],
    ["WINRS_CODEPAGE", "utf-8"],
  ])("refuses the option %s with the value %s", async (name, value) => {
    const answer = await client.send("Create", "<rsp:Shell/>", { options: { [name]: value } });
    expect(faultCode(answer)).toBe(2150858835);
  });

  test("a silent client loses its shell", async () => {
    const shellId = await client.createShell("<rsp:IdleTimeOut>PT0.05S</rsp:IdleTimeOut>");
    await eventually(() => host.endpoint.wireRecord().open_shells).toBe(0);
    expect(faultCode(await client.delete(shellId))).toBe(2150858843);
  });
});

describe("Command", () => {
  test("hands arguments, environment and working directory to the engine", async () => {
    const shellId = await client.createShell(
      '<rsp:Environment><rsp:Variable Name="A">b &amp; c</rsp:Variable></rsp:Environment><rsp:WorkingDirectory>C:\\Temp</rsp:WorkingDirectory>',
    );
    await client.startCommand(shellId, "both", ["/x", "&quot;y z&quot;"], "True");
    expect(started).toEqual([
      {
        command: "both",
        arguments: ["/x", '"y z"'],
        skipCmdShell: true,
        workingDirectory: "C:\\Temp",
        environment: { A: "b & c" },
      },
    ]);
    expect(host.endpoint.wireRecord()).toMatchObject({
      command_lines: { 'both /x "y z"': 1 },
      environment: { "A=b & c": 1 },
    });
  });

  test("a program that is not there is a fault of the shell", async () => {
    const answer = await client.command(await client.createShell(), "missing", [], "TRUE");
    expect([answer.status, faultCode(answer)]).toEqual([500, 2147942402]);
    expect(answer.body).toContain("<f:ProviderFault");
    expect(answer.body).toContain("The system cannot find the file specified.");
  });

  test.each([
    ["cmd", "FALSE", 8191],
    ["CreateProcess", "TRUE", 32_767],
  ])("%s takes a line of its limit and not one character more", async (_what, skip, limit) => {
    const shellId = await client.createShell();
    const fits = await client.command(shellId, "both", ["x".repeat(limit - 5)], skip);
    const tooLong = await client.command(shellId, "both", ["x".repeat(limit - 4)], skip);
    expect([fits.status, faultCode(tooLong)]).toEqual([200, 2147942606]);
    expect(started).toHaveLength(1);
  });

  test("refuses an element Argument, an empty command and an option that is no truth value", async () => {
    const shellId = await client.createShell();
    const post = (inner: string, options = {}) =>
      client.send("Command", `<rsp:CommandLine>${inner}</rsp:CommandLine>`, { shellId, options });
    expect(faultCode(await post("<rsp:Command>a</rsp:Command><rsp:Argument>b</rsp:Argument>"))).toBe(
      2150858817,
    );
    expect(faultCode(await post("<rsp:Command> </rsp:Command>"))).toBe(87);
    expect(faultCode(await post("<rsp:Command>a</rsp:Command>", { WINRS_SKIP_CMD_SHELL: "" }))).toBe(
      2150858835,
    );
    expect(started).toEqual([]);
  });

  test("a shell that is not there, and none at all", async () => {
    expect(faultCode(await client.command("8ABEA8D2-0438-4D75-A594-55DCA786B4E1", "both"))).toBe(2150858843);
    const answer = await client.send(
      "Command",
      "<rsp:CommandLine><rsp:Command>a</rsp:Command></rsp:CommandLine>",
    );
    expect(faultCode(answer)).toBe(2150858842);
  });
});

describe("Send and Receive", () => {
  test("input goes in by pieces, output and exit code come back", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "cat");
    expect((await client.input(shellId, commandId, Buffer.from("one "), false)).status).toBe(200);
    const first = await client.receive(shellId, commandId);
    expect(streamBytes(first.body, "stdout").toString()).toBe("one ");
    expect(first.body).toContain("CommandState/Running");
    await client.input(shellId, commandId, Buffer.from("two"), true);
    const rest = await receiveAll(shellId, commandId);
    expect(streamBytes(rest, "stdout").toString()).toBe("two");
    expect(rest).toContain("<rsp:ExitCode>3</rsp:ExitCode>");
  });

  test("streams stay apart, and each ends with an empty element", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "both");
    const all = await receiveAll(shellId, commandId);
    expect(streamBytes(all, "stdout").toString()).toBe("out");
    expect(streamBytes(all, "stderr").toString()).toBe("err");
    for (const name of ["stdout", "stderr"]) {
      expect(all).toContain(`<rsp:Stream Name="${name}" CommandId="${commandId}" End="true"></rsp:Stream>`);
    }
  });

  test("much output comes in many small streams, and no answer is larger than the client takes", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "flood");
    const answers: string[] = [];
    while (!answers.at(-1)?.includes("CommandState/Done")) {
      answers.push((await client.receive(shellId, commandId, { maxEnvelopeSize: 51_200 })).body);
    }
    expect(Math.max(...answers.map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(51_200);
    expect(answers[0]?.match(/<rsp:Stream /g)?.length).toBeGreaterThan(5);
    const all = Buffer.concat(answers.map((body) => streamBytes(body, "stdout")));
    expect(all.equals(Buffer.alloc(700_000, "0123456789abcdef"))).toBe(true);
  });

  test("nothing to receive within OperationTimeout is the fault TimedOut, and the process goes on", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "cat");
    const answer = await client.receive(shellId, commandId, { timeout: "PT0.02S" });
    expect([answer.status, faultCode(answer)]).toEqual([500, 2150858793]);
    expect(answer.body).toContain("<s:Value>w:TimedOut</s:Value>");
    await client.input(shellId, commandId, Buffer.from("late"), true);
    expect(streamBytes(await receiveAll(shellId, commandId), "stdout").toString()).toBe("late");
  });

  test("a client that goes away while it waits loses no output", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "cat");
    const other = host.newClient();
    const waiting = other.receive(shellId, commandId).catch((error: Error) => error);
    await eventually(() => host.endpoint.wireRecord().requests.Receive).toBe(1);
    other.close();
    expect(await waiting).toBeInstanceOf(Error);
    await client.input(shellId, commandId, Buffer.from("kept"), true);
    expect(streamBytes(await receiveAll(shellId, commandId), "stdout").toString()).toBe("kept");
  });

  test("after Done the command is no more", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "both");
    await receiveAll(shellId, commandId);
    expect(faultCode(await client.receive(shellId, commandId))).toBe(2150858843);
    expect(faultCode(await client.input(shellId, commandId, Buffer.from("x"), true))).toBe(2147942509);
  });

  test("input after its end, to another stream, or that is no base64 is refused", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "wait");
    const post = (name: string, content: string) =>
      client.send(
        "Send",
        `<rsp:Send><rsp:Stream Name="${name}" CommandId="${commandId}">${content}</rsp:Stream></rsp:Send>`,
        { shellId },
      );
    expect(faultCode(await post("stdin", "not base64!"))).toBe(2150858817);
    expect(faultCode(await post("pr", "AAAA"))).toBe(87);
    const end = () => client.input(shellId, commandId, Buffer.alloc(0), true);
    const [first, second] = [await end(), await end()];
    expect(first?.status).toBe(200);
    expect([2147942509, 2147942632]).toContain(faultCode(second ?? first));
  });

  test("Receive without a CommandId is a bad parameter", async () => {
    const shellId = await client.createShell();
    const body = "<rsp:Receive><rsp:DesiredStream>stdout stderr</rsp:DesiredStream></rsp:Receive>";
    expect(faultCode(await client.send("Receive", body, { shellId }))).toBe(87);
  });

  test("a defect of the engine ends the process, not the host", async () => {
    const shellId = await client.createShell();
    const all = await receiveAll(shellId, await client.startCommand(shellId, "breaks"));
    expect(streamBytes(all, "stderr").toString()).toContain("a defect of the engine");
    expect(all).toContain("<rsp:ExitCode>1</rsp:ExitCode>");
  });
});

describe("Signal and Delete", () => {
  test("ctrl_c ends the process; its end can be received", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "wait");
    expect((await client.signal(shellId, commandId, "ctrl_c")).body).toContain("<rsp:SignalResponse/>");
    expect(signals[0]?.aborted).toBe(true);
    expect(await receiveAll(shellId, commandId)).toContain("<rsp:ExitCode>-1073741510</rsp:ExitCode>");
  });

  test("terminate aborts the Receive that waits, and forgets the command", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "wait");
    const waiting = host.newClient().receive(shellId, commandId);
    await eventually(() => host.endpoint.wireRecord().requests.Receive).toBe(1);
    expect((await client.signal(shellId, commandId, "terminate")).status).toBe(200);
    expect(faultCode(await waiting)).toBe(995);
    expect(faultCode(await client.receive(shellId, commandId))).toBe(2150858843);
    expect(host.endpoint.wireRecord().running_processes).toBe(0);
  });

  test("refuses a signal it does not know", async () => {
    const shellId = await client.createShell();
    const commandId = await client.startCommand(shellId, "wait");
    expect(faultCode(await client.signal(shellId, commandId, "hangup"))).toBe(87);
    expect(signals[0]?.aborted).toBe(false);
  });

  test("Delete ends every process of the shell", async () => {
    const shellId = await client.createShell();
    await client.startCommand(shellId, "wait");
    await client.startCommand(shellId, "wait");
    const answer = await client.delete(shellId);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("transfer/DeleteResponse");
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
    expect(faultCode(await client.delete(shellId))).toBe(2150858843);
  });
});
