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

  it("hides secrets, by type and by key", () => {
    const { log, lines } = capture("debug");
    log.debug({ host: { name: "hv01", password: "hunter2" } });
    log.info({ spec: { field: new Secret("hunter2") } });
    log.info({ headers: { authorization: "hunter2", cookie: "hunter2" } });
    log.error(new Error("failed", { cause: { password: "hunter2" } }));
    expect(lines).toHaveLength(4);
    expect(lines.join("")).not.toContain("hunter2");
  });
});
