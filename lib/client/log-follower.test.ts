import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobLogPage, JobState, LogLine } from "@/lib/domain/job";
import type { Problem } from "@/lib/domain/problem";
import { ApiProblem, ConnectionFailed } from "./api";
import { appendLines, followLog, type LogFollowerOptions, type LogSnapshot, PACE } from "./log-follower";

function line(n: number): LogLine {
  return { n, time: "2026-01-02T03:04:05Z", level: "info", step: null, text: `line ${n}` };
}

function lines(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
}

function page(state: JobState, content: LogLine[], last: number): JobLogPage {
  return { job_id: "j", state, lines: content, last, truncated: false };
}

function problem(status: number): ApiProblem {
  return new ApiProblem({ status, code: "job_gone", title: "", detail: "", next: "" } as Problem);
}

/** Follows with the answers given, one a poll; notes what was asked and how long was waited. */
async function follow(answers: (JobLogPage | Error)[], overrides: Partial<LogFollowerOptions> = {}) {
  const asked: number[] = [];
  const waited: number[] = [];
  const snapshots: LogSnapshot[] = [];
  const stop = new AbortController();
  await followLog(
    {
      fetchPage: async (after) => {
        asked.push(after);
        const answer = answers.shift();
        if (answer === undefined) throw new Error("polled after the end");
        if (answer instanceof Error) throw answer;
        return answer;
      },
      onChange: (snapshot) => snapshots.push(snapshot),
      pause: async (ms) => {
        waited.push(ms);
        if (answers.length === 0) stop.abort();
      },
      untilVisible: async () => undefined,
      ...overrides,
    },
    stop.signal,
  );
  return { asked, waited, snapshots, last: snapshots.at(-1) };
}

describe("following a log", () => {
  test("each poll asks only for what comes after the last line, and the end stops it", async () => {
    const { asked, last } = await follow([
      page("running", lines(1, 2), 2),
      page("running", [], 2),
      page("succeeded", lines(3, 3), 3),
    ]);
    expect(asked).toEqual([0, 2, 2]);
    expect(last?.lines.map((each) => each.n)).toEqual([1, 2, 3]);
    expect(last?.status).toBe("ended");
  });

  test("a job that has ended is read to its last line, without waiting", async () => {
    const { asked, waited, last } = await follow([
      page("failed", lines(1, 100), 150),
      page("failed", lines(101, 150), 150),
    ]);
    expect(asked).toEqual([0, 100]);
    expect(waited).toEqual([]);
    expect(last?.lines).toHaveLength(150);
  });

  test("`unknown` is no end", async () => {
    const { last } = await follow([page("unknown", lines(1, 1), 1), page("failed", lines(2, 2), 2)]);
    expect(last?.state).toBe("failed");
  });

  test("the interval stretches while nothing comes and is short again when something does", async () => {
    const { waited } = await follow([
      page("running", [], 0),
      page("running", [], 0),
      page("running", [], 0),
      page("running", [], 0),
      page("running", [], 0),
      page("running", lines(1, 1), 1),
      page("succeeded", [], 1),
    ]);
    expect(waited).toEqual([1_500, 2_250, 3_375, PACE.idle, PACE.idle, PACE.quick]);
  });

  test("an interruption is shown, repeated ever more slowly, and forgotten", async () => {
    const cut = new ConnectionFailed("cut");
    const { asked, waited, snapshots } = await follow([
      page("running", lines(1, 1), 1),
      cut,
      cut,
      page("succeeded", lines(2, 2), 2),
    ]);
    expect(asked).toEqual([0, 1, 1, 1]);
    expect(waited).toEqual([PACE.quick, 1_500, 2_250]);
    expect(snapshots.map((snapshot) => snapshot.status)).toEqual([
      "following",
      "interrupted",
      "interrupted",
      "ended",
    ]);
    expect(snapshots[1]?.lines).toHaveLength(1);
    expect(snapshots.at(-1)?.error).toBeNull();
  });

  test("a job that is not kept any more is not asked for again", async () => {
    const { asked, last } = await follow([problem(410)]);
    expect(asked).toHaveLength(1);
    expect(last?.status).toBe("refused");
  });

  test("nothing is asked while the tab is hidden", async () => {
    const order: string[] = [];
    const stop = new AbortController();
    await followLog(
      {
        untilVisible: async () => void order.push("visible"),
        fetchPage: async () => {
          order.push("poll");
          return page("succeeded", [], 0);
        },
        onChange: () => undefined,
        pause: async () => undefined,
      },
      stop.signal,
    );
    expect(order).toEqual(["visible", "poll"]);
  });
});

test("whatever pages come, in any overlap, each line is held once and in order", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20))), (overlaps) => {
      let held: readonly LogLine[] = [];
      for (const [back, length] of overlaps) {
        const last = held.at(-1)?.n ?? 0;
        const from = Math.max(1, last - back);
        held = appendLines(held, lines(from, from + length));
      }
      expect(held.map((each) => each.n)).toEqual(held.map((_, index) => index + 1));
    }),
  );
});
