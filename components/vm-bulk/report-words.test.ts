import { expect, it } from "vitest";
import { ApiProblem, ConnectionFailed } from "@/lib/client/api";
import type { JobView } from "@/lib/domain/job";
import type { ItemState } from "./bulk-run";
import { faceOf, isOver, isTroubled, summaryOf } from "./report-words";

const refused = (code: string, passing: boolean): ItemState => ({
  kind: "refused",
  failure: new ApiProblem({
    code,
    title: code,
    detail: "It is off.",
    next: "Turn it on.",
    status: 409,
  } as ApiProblem["problem"]),
  passing,
});
const started = (state: JobView["state"] | null, error: Partial<JobView["error"]> = null): ItemState => ({
  ...{ kind: "started", job_id: "1", lost: false },
  job: state === null ? null : ({ state, error } as JobView),
});
const snapshot = (states: ItemState[], sending = false) => ({
  items: states.map((state, n) => ({ vm_id: `${n}`, vm_name: `vm${n}`, state })),
  sending,
});

it("says of each what happened and what to do next", () => {
  expect(faceOf(refused("power_action_not_allowed", false))).toEqual({
    ...{ word: "refused", tone: "bad", text: "It is off. Turn it on." },
  });
  expect(
    faceOf({ kind: "refused", failure: new ConnectionFailed("No answer."), passing: true }),
  ).toMatchObject({
    ...{ word: "not taken", tone: "warn" },
  });
  expect(faceOf(started("failed", { message: "No room.", next: "Make room." }))).toMatchObject({
    ...{ word: "failed", text: "No room. Make room." },
  });
  expect(faceOf({ kind: "started", job_id: "1", job: null, lost: true }).word).toBe("no longer known");
});

it("counts how far they have come, and knows when it is over", () => {
  const at = [started("succeeded"), started("running"), refused("x", false), refused("queue_full", true)];
  expect(summaryOf(snapshot(at))).toBe("1 of 4 succeeded · 1 at work · 1 refused · 1 not taken");
  expect(isOver(snapshot(at))).toBe(false);
  expect(
    snapshot(at)
      .items.filter(isTroubled)
      .map(({ vm_name }) => vm_name),
  ).toEqual(["vm2", "vm3"]);
  expect(isOver(snapshot([started("failed"), refused("x", false)]))).toBe(true);
  expect(isOver(snapshot([started("succeeded")], true))).toBe(false);
  expect(summaryOf(snapshot([started("unknown"), { kind: "waiting" }]))).toBe("0 of 2 succeeded · 2 at work");
});
