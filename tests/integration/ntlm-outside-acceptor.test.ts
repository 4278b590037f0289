import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bindingsOf } from "@/lib/winrm/authentication/channel-bindings";
import { NtlmContext } from "@/lib/winrm/authentication/ntlm/context";
import type { SecurityContext } from "@/lib/winrm/authentication/security-context";
import { SpnegoContext } from "@/lib/winrm/authentication/spnego/context";

const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";
const PROGRAM = fileURLToPath(new URL("gss-acceptor.py", import.meta.url));
const PASSWORD = "Pässw0rd €";
const DIGEST = createHash("sha256").update("a certificate").digest();
const BINDINGS = Buffer.concat([Buffer.from("tls-server-end-point:"), DIGEST]);

type Mechanism = "ntlm" | "spnego";
type Answer = Record<string, unknown> & { error?: string };

let folder: string;
const closers: (() => void)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aetherv-gss-"));
  writeFileSync(join(folder, "users"), `CONTOSO:alice:${PASSWORD}\n`);
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The acceptor as a process of its own, and how to ask it. */
function startAcceptor(): (operation: string, members?: Record<string, unknown>) => Promise<Answer> {
  const env = { ...process.env, NTLM_USER_FILE: join(folder, "users") };
  const child = spawn(PYTHON, [PROGRAM], { env, stdio: ["pipe", "pipe", "inherit"] });
  closers.push(() => child.kill());
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return async (operation, members = {}) => {
    child.stdin.write(`${JSON.stringify({ operation, ...members })}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("The acceptor has ended.");
    return JSON.parse(value) as Answer;
  };
}

interface LogOnOptions {
  password?: string;
  /** What the acceptor expects. */
  expected?: Buffer;
  /** MD5 as the client sends it. */
  sent?: Buffer;
  alter?: (token: Buffer) => void;
}

async function logOn(mechanism: Mechanism, options: LogOnOptions = {}) {
  const ask = startAcceptor();
  const credentials = {
    username: "CONTOSO\\alice",
    password: { reveal: () => options.password ?? PASSWORD },
  };
  const ntlm = new NtlmContext(credentials, { service: "HTTP/hv01", channelBindings: options.sent ?? null });
  const context: SecurityContext = mechanism === "spnego" ? new SpnegoContext(ntlm) : ntlm;
  await ask("start", {
    mechanism,
    ...(options.expected && { bindings: options.expected.toString("base64") }),
  });
  let token = await context.step(null);
  let answer: Answer = {};
  while (token !== null) {
    options.alter?.(token);
    answer = await ask("step", { token: token.toString("base64") });
    if (answer.error !== undefined || answer.token === "") break;
    token = await context.step(Buffer.from(String(answer.token), "base64"));
  }
  return { ask, context, answer };
}

describe.each<Mechanism>(["ntlm", "spnego"])(
  "an acceptor that is not ours (gss-ntlmssp), by %s",
  (mechanism) => {
    it("takes the logon, and both sides read what the other one seals", async () => {
      const { ask, context, answer } = await logOn(mechanism);
      expect(answer).toMatchObject({ complete: true, name: "CONTOSO\\alice" });
      expect(context.isComplete).toBe(true);
      const { sealer } = context;
      if (sealer === null) throw new Error("There is no sealer.");
      for (const text of ["one", "2", "äöü".repeat(20_000), "four"]) {
        const { signature, sealed } = sealer.seal(Buffer.from(text));
        const opened = await ask("unwrap", { data: Buffer.concat([signature, sealed]).toString("base64") });
        expect(opened).toEqual({ data: Buffer.from(text).toString("base64"), encrypted: true });
        const { data } = await ask("wrap", { data: Buffer.from(text).toString("base64") });
        const message = Buffer.from(String(data), "base64");
        expect(sealer.unseal(message.subarray(0, 16), message.subarray(16)).toString()).toBe(text);
      }
    });

    it("refuses a wrong password", async () => {
      const { answer } = await logOn(mechanism, { password: "other" });
      expect(answer.error).toBeDefined();
    });

    it("refuses a last message whose MIC is not the client's", async () => {
      const { answer } = await logOn(mechanism, {
        alter: (token) => {
          const start = token.indexOf("NTLMSSP\0");
          if (start !== -1 && token.readUInt32LE(start + 8) === 3) token.fill(0, start + 72, start + 88);
        },
      });
      expect(answer.error).toBeDefined();
    });

    it("takes the binding to its own TLS channel, and refuses the one to another", async () => {
      const right = await logOn(mechanism, { expected: BINDINGS, sent: bindingsOf(DIGEST) });
      expect(right.answer).toMatchObject({ complete: true });
      const elsewhere = bindingsOf(createHash("sha256").update("another certificate").digest());
      const wrong = await logOn(mechanism, { expected: BINDINGS, sent: elsewhere });
      expect(wrong.answer.error).toBeDefined();
    });
  },
);
