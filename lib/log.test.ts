import { spawn } from "node:child_process";
import { once } from "node:events";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { createLogger } from "./log";

function capture(level = "info") {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLogger(level, destination), lines };
}

/** A process that writes a line, and three more when it is told to. */
const WRITER = `
  import { createLogger } from "./lib/log.ts";
  const log = createLogger("info");
  log.info("first");
  process.once("message", () => {
    for (const line of ["second", "third", "fourth"]) log.info(line);
    process.send("written", () => process.exit(7));
  });
`;

describe("the log", () => {
  it("writes one JSON object a line, whatever the text holds", () => {
    const { log, lines } = capture();
    log.info({ path: "/a\r\nlevel: forged" }, "one\ntwo");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "info",
      path: "/a\r\nlevel: forged",
      msg: "one\ntwo",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it("does not hold the server up when nobody reads it any more", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", WRITER], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    try {
      const exit = once(child, "exit");
      const { stdout } = child;
      if (stdout === null) throw new Error("The writer has no output.");
      expect(String(await once(stdout, "data"))).toContain("first");
      stdout.destroy();
      await once(stdout, "close");
      child.send("go");
      expect(await exit).toEqual([7, null]);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("writes of an error what it says and what caused it, and nothing that hangs on it", () => {
    const { log, lines } = capture();
    const cause = Object.assign(new Error("401"), { config: { headers: { authorization: "hunter2" } } });
    log.error({ err: new Error("failed", { cause }) }, "a mistake");
    log.error({ err: { password: "hunter2" } }, "a mistake");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "error",
      msg: "a mistake",
      err: {
        type: "Error",
        message: "failed",
        stack: expect.stringContaining("log.test.ts"),
        cause: { message: "401" },
      },
    });
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("shows a secret in the place of anything as what it is", () => {
    const { log, lines } = capture();
    const detail: unknown = { spec: [new Secret("hunter2")] };
    log.info({ detail: detail as string }, `The password is ${new Secret("hunter2")}.`);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      detail: { spec: ["[secret]"] },
      msg: "The password is [secret].",
    });
  });
});
