import { expect } from "vitest";
import type { Observation } from "./observation";
import type { Scenario } from "./scenario";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const STREAMS = ["verbose", "information", "warning", "error", "progress"];
/** Of these an agent may write as many as it likes. */
const QUIET = new Set(["verbose", "information"]);

/** Throws where an engine did not do what the scenario says, or not in the protocol's form. */
export function expectScenario(scenario: Scenario, seen: Observation): void {
  expectProtocol(seen);
  const { code, target, message } = scenario.fails ?? { code: null, target: null };
  const { result } = seen;
  const outcome = { code: result?.error?.code ?? null, target: result?.error?.target ?? null };
  expect(outcome, `the result ${JSON.stringify(result)}`).toEqual({ code, target });
  if (message !== undefined) expect(result?.error?.message).toMatch(message);
  expect(seen.outputs, "outputs").toEqual(scenario.outputs ?? {});
  expect(seen.changes, "changes of the state").toEqual(scenario.changes ?? {});
  expect(loudStreams(seen), "streams").toEqual([...(scenario.streams ?? [])].sort());
}

/** Throws where two engines did not do the same. */
export function expectSame(one: Observation, other: Observation): void {
  const comparable = (seen: Observation) => ({
    exitCode: seen.output.exitCode,
    outputs: seen.outputs,
    code: seen.result?.error?.code ?? null,
    target: seen.result?.error?.target ?? null,
    changes: seen.changes,
    streams: loudStreams(seen),
  });
  expect(comparable(one)).toEqual(comparable(other));
}

/** Section 3 of docs/agent-protocol.md. */
function expectProtocol({ output, lines, result }: Observation): void {
  const text = output.stdout.toString("latin1");
  expect(text, "printable ASCII in lines").toMatch(/^([\x20-\x7e]+\n)+$/);
  expect(lines, "lines of the protocol alone").not.toContain(null);
  expect(lines.map((line) => line?.nonce)).toEqual(lines.map(() => output.nonce));
  expect(lines.map((line) => line?.seq)).toEqual(lines.map((_, index) => index + 1));
  const times = lines.map((line) => String(line?.time));
  for (const time of times) expect(time).toMatch(TIME);
  expect(times).toEqual([...times].sort());

  const events = lines.slice(0, -1);
  for (const event of events) {
    expect(Object.keys(event ?? {})).toEqual(["nonce", "seq", "time", "stream", "text"]);
    expect(STREAMS).toContain(event?.stream);
    expect(event?.text).toEqual(expect.any(String));
  }
  expect(Object.keys(lines.at(-1) ?? {})).toEqual(["nonce", "seq", "time", "result"]);
  expect(Object.keys(result ?? {})).toEqual(["ok", "exit_code", "outputs", "error"]);
  expect(result?.exit_code, "the result's exit code").toBe(output.exitCode);
  expect(output.exitCode).toBe(result?.ok ? 0 : 1);
  if (result?.ok) expect(result.error).toBeNull();
  else {
    expect(Object.keys(result?.error ?? {})).toEqual(["code", "message", "target"]);
    // A path may stand at the end, where a period would be taken for a part of it.
    expect(result?.error?.message, "a sentence").toMatch(/^\S.*([.!)]|: \S+)$/s);
    expect(result?.outputs).toEqual({});
  }
  expectQuietStderr(output.stderr.toString("utf8"));
}

/** Progress records of a module that is loaded may stand there, as on a Windows host; an error may not. */
function expectQuietStderr(stderr: string): void {
  expect(stderr === "" || stderr.startsWith("#< CLIXML"), `stderr: ${stderr}`).toBe(true);
  expect(stderr).not.toContain('S="Error"');
}

function loudStreams({ lines }: Observation): string[] {
  const streams = new Set(lines.map((line) => line?.stream).filter((stream) => typeof stream === "string"));
  return [...streams].filter((stream) => !QUIET.has(stream)).sort();
}
