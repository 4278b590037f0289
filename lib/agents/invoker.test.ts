import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostConfig } from "@/lib/domain/host-config";
import { Secret } from "@/lib/domain/secret";
import { deferred } from "@/tests/support/deferred";
import { answer, received, type Seen, WinrmDouble, wsmanFault } from "@/tests/support/winrm-double";
import type { AgentCall } from "./agent-call";
import { AgentScripts } from "./agent-scripts";
import { WinrmAgentInvoker } from "./invoker";

const CANARY = "c@nary-Pä55";
const invoker = new WinrmAgentInvoker(AgentScripts.load("agents"));

let double: WinrmDouble;
let lines: [level: string, text: string][];

beforeEach(async () => {
  double = await WinrmDouble.start();
  lines = [];
});

afterEach(() => double.stop());

function host(overrides: Partial<HostConfig> = {}): HostConfig {
  const address = new URL(double.url).origin;
  return { name: "hv01", address, username: "u", password: new Secret("p"), ca: double.ca, ...overrides };
}

const call: AgentCall = {
  agent: "initialization",
  operation: "publish",
  schema: { name: "initialization", version: "1.0.0" },
  job_id: "job-1",
  context: { deployment_id: "d", step: 4, steps: 4, request: { vm_name: "web01" } },
  spec: { vm_id: "11111111-2222-3333-4444-555555555555", token: new Secret("spec-canary") },
  guest_config: new Map([["guest_la_pw", new Secret(CANARY)]]),
};

function invoke(signal = new AbortController().signal, target = host()) {
  return invoker.invoke(target, call, { log: (level, text) => lines.push([level, text]), signal });
}

/** The request that the agent got on its third line. */
function request() {
  const line = double.stdin.toString("latin1").split("\n")[2] ?? "";
  return JSON.parse(Buffer.from(line, "base64").toString("utf8"));
}

/** Lets the process write these lines, each with the call's nonce, and end. */
function agentSays(messages: object[], exitCode = 0, stderr = ""): void {
  double.on("Receive", async (seen) => {
    await double.stdinEnded;
    const { nonce } = request();
    const stdout = messages.map((message) => `${JSON.stringify({ nonce, ...message })}\n`).join("");
    answer(
      seen,
      received(
        [
          ["stdout", stdout],
          ["stderr", stderr],
        ],
        exitCode,
      ),
    );
  });
}

function result(outputs: object, error: object | null = null) {
  return { result: { ok: error === null, exit_code: error === null ? 0 : 1, outputs, error } };
}

describe("a call", () => {
  it("tells once what it cost on the wire, also when it fails", async () => {
    const costs: { round_trips: number; received_bytes: number }[] = [];
    const io = {
      log: () => {},
      signal: new AbortController().signal,
      spent: (cost: (typeof costs)[number]) => costs.push(cost),
    };
    agentSays([result({})]);
    await invoker.invoke(host(), call, io);
    const answered = double.seen.length;
    const received_bytes = double.seen.reduce((sum, { answeredBytes }) => sum + answeredBytes, 0);
    expect(costs).toEqual([{ round_trips: answered, received_bytes }]);
    double.on("Command", (seen) => answer(seen, wsmanFault(2150858843, "InvalidSelectors", "gone"), 500));
    await expect(invoker.invoke(host(), call, io)).rejects.toThrow();
    expect(costs[1]?.round_trips).toBe(double.seen.length - answered);
    await expect(invoker.invoke(host({ address: "https://127.0.0.1:1" }), call, io)).rejects.toThrow();
    expect(costs[2]).toEqual({ round_trips: 0, received_bytes: 0 });
  });

  it("is one shell and one process, its request on stdin alone, its secrets in the request alone", async () => {
    agentSays([
      { stream: "information", text: `The password is ${CANARY}.` },
      result({ echoed: [`${CANARY}!`], vm_name: "web01" }),
    ]);
    await expect(invoke()).resolves.toEqual({ echoed: ["[secret]!"], vm_name: "web01" });
    expect(lines).toEqual([["info", "The password is [secret]."]]);
    expect([...double.operations].sort()).toEqual([
      "Command",
      "Create",
      "Delete",
      "Receive",
      "Send",
      "Signal",
    ]);
    expect(request()).toEqual({
      agent: "initialization",
      operation: "publish",
      schema: { name: "initialization", version: "1.0.0" },
      job_id: "job-1",
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      context: { deployment_id: "d", step: 4, steps: 4, request: { vm_name: "web01" } },
      spec: { vm_id: "11111111-2222-3333-4444-555555555555", token: "spec-canary" },
      guest_config: { guest_la_pw: CANARY },
    });
    const command = double.seen.find((seen) => seen.operation === "Command")?.xml ?? "";
    expect(command).toContain("<rsp:Command>powershell.exe</rsp:Command>");
    expect(command).not.toContain("web01");
  });

  it("has a nonce of its own", async () => {
    agentSays([result({})]);
    await invoke();
    const first = request().nonce;
    await double.stop();
    double = await WinrmDouble.start();
    agentSays([result({})]);
    await invoke();
    expect(request().nonce).not.toBe(first);
  });

  it("fails with the agent's own code, the field to blame, and no secret", async () => {
    const error = { code: "storage_full", message: `No room for ${CANARY}.`, target: "a/b" };
    agentSays([result({}, error)], 1);
    const thrown = await invoke().catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({
      name: "AethervError",
      code: "storage_full",
      message: "No room for [secret].",
      fields: [{ pointer: "/a~1b", message: "No room for [secret]." }],
    });
    expect(inspect(thrown, { depth: 10 })).not.toContain(CANARY);
  });

  it("lets no control character of an agent's message through", async () => {
    agentSays(
      [result({}, { code: "hyperv_error", message: "\u001b[2Jgone\u202E\r\nHRESULT", target: null })],
      1,
    );
    await expect(invoke()).rejects.toMatchObject({ message: "\uFFFD[2Jgone\uFFFD\nHRESULT" });
  });

  it("cuts a message that no answer should carry, and no secret in two", async () => {
    const message = `${"x".repeat(3995)}${CANARY}${"x".repeat(1e5)}`;
    agentSays([result({}, { code: "hyperv_error", message, target: null })], 1);
    await expect(invoke()).rejects.toMatchObject({ message: `${"x".repeat(3995)}[secret]` });
  });

  it("makes a code that nobody knows Hyper-V's", async () => {
    agentSays([result({}, { code: "0x80041001", message: "Generic failure.", target: null })], 1);
    await expect(invoke()).rejects.toMatchObject({
      code: "hyperv_error",
      message: "Generic failure.",
      fields: [],
    });
  });

  it.each([
    ["nothing", []],
    ["a forged result", [{ ...result({}), nonce: "0".repeat(32) }]],
    ["outputs nested too deeply", [result(nested(150))]],
  ])("fails with agent_failed for %s, with what it said last", async (_, messages) => {
    agentSays(messages, 1, `boom ${CANARY}\n`);
    const thrown = await invoke().catch((caught: unknown) => caught);
    expect(thrown).toMatchObject({ code: "agent_failed" });
    expect(lines).toContainEqual(["warning", "boom [secret]"]);
    expect(inspect(thrown, { depth: 10 })).not.toContain(CANARY);
  });

  it("explains an agent that ended without a result", async () => {
    agentSays([{ stream: "progress", text: "Copied 1 of 2 GB." }], -5, "out of memory\n");
    await expect(invoke()).rejects.toMatchObject({
      message: "initialization/publish on hv01 ended with exit code -5 and without a result.",
      detail: "Copied 1 of 2 GB.\nout of memory",
    });
  });
});

describe("a failing connection", () => {
  it("is contact_lost once the agent could have run, and host_unreachable before", async () => {
    double.on("Receive", ({ request: { socket } }) => void socket.destroy());
    await expect(invoke()).rejects.toMatchObject({ code: "contact_lost" });
    double.on("Create", ({ request: { socket } }) => void socket.destroy());
    await expect(invoke()).rejects.toMatchObject({ code: "host_unreachable" });
  });

  it("names the host and its address to people, and the call in the detail", async () => {
    await expect(invoke(undefined, host({ address: "https://127.0.0.1:1" }))).rejects.toMatchObject({
      code: "host_unreachable",
      message: "hv01 does not answer at https://127.0.0.1:1: connection refused.",
      detail: expect.stringContaining("initialization/publish on hv01 did not start: No TLS connection to "),
    });
  });

  it("does not lose a result that had come already", async () => {
    double.on("Receive", async (seen) => {
      await double.stdinEnded;
      if (double.count("Receive") > 1) return void seen.request.socket.destroy();
      answer(
        seen,
        received([["stdout", `${JSON.stringify({ nonce: request().nonce, ...result({ n: 1 }) })}\n`]], null),
      );
    });
    await expect(invoke()).resolves.toEqual({ n: 1 });
    expect(lines.at(-1)).toEqual(["warning", expect.stringContaining("broke after the result had come")]);
  });

  it.each([
    ["host_busy", 2150859173],
    ["host_access_denied", 2147942405],
    ["winrm_fault", 2147942402],
  ])("is %s for fault %i before the start", async (code, fault) => {
    double.on("Command", (seen) => answer(seen, wsmanFault(fault, "InternalError", "why"), 500));
    await expect(invoke()).rejects.toMatchObject({ code, detail: expect.stringContaining("why") });
  });

  it("is contact_lost for a fault after the start: the outcome is not known", async () => {
    double.on("Receive", (seen) => answer(seen, wsmanFault(2150858843, "InvalidSelectors", "gone"), 500));
    await expect(invoke()).rejects.toMatchObject({
      code: "contact_lost",
      detail: expect.stringContaining("gone"),
    });
  });

  it("is host_authentication_failed for 401, host_certificate_rejected for a foreign certificate", async () => {
    await expect(invoke(undefined, host({ ca: null }))).rejects.toMatchObject({
      code: "host_certificate_rejected",
      message: expect.stringMatching(/^hv01 shows a certificate at https:.* that is not trusted: .+\.$/),
      next: expect.stringContaining("`ca_file`"),
    });
    expect(double.seen).toEqual([]);
    double.on(
      "Create",
      ({ response }) => void response.writeHead(401, { "www-authenticate": "Basic" }).end(),
    );
    await expect(invoke()).rejects.toMatchObject({
      code: "host_authentication_failed",
      next: expect.stringContaining("Basic takes local accounts only"),
    });
    expect(double.operations).toEqual(["Create"]);
  });
});

describe("a canceled call", () => {
  it("terminates the process, deletes the shell, and says whether it ran", async () => {
    const abort = new AbortController();
    const receive = deferred<Seen>();
    double.on("Receive", receive.resolve);
    const invoking = invoke(abort.signal);
    await receive.promise;
    abort.abort();
    await expect(invoking).rejects.toMatchObject({
      code: "contact_lost",
      message: expect.stringContaining("was canceled while it ran"),
    });
    expect(double.operations.slice(-2)).toEqual(["Signal", "Delete"]);
    await expect(invoke(AbortSignal.abort())).rejects.toMatchObject({
      code: "canceled",
      message: expect.stringContaining("before it started"),
    });
  });
});

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}
