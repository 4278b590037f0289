import { beforeEach, describe, expect, it } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import { ApiHarness } from "@/tests/support/api-harness";
import { authorize } from "./authorize";
import { submit } from "./submit";

let harness: ApiHarness;
let create: ReturnType<ApiHarness["api"]>;
let started: FieldValues[];
/** As it is known, and what a look finds. */
let state: "running" | "off";
let look: () => Promise<void>;

beforeEach(() => {
  state = "off";
  look = async () => {};
  harness = new ApiHarness();
  started = [];
  create = harness.api({
    POST(call) {
      authorize(call, "vms:create");
      return submit(call, {
        validate: (fields) => {
          const { name } = fields as { name?: string };
          if (typeof name === "string") return { ok: true, value: { name } };
          return { ok: false, problems: [{ pointer: "/name", message: "Name is required." }] };
        },
        look,
        prepare: (fields) => ({
          check: () => {
            if (state === "running") throw new AethervError("vm_not_off", "It is running.");
            if (fields.name === "taken") throw new AethervError("vm_name_taken", "It exists.");
          },
          start: () => {
            started.push(fields);
            return { job_id: `run-${started.length}` };
          },
        }),
      });
    },
  });
});

describe("submitting", () => {
  const submitBody = (content: object, headers: Record<string, string> = {}, query = "") =>
    harness.call(create, { body: JSON.stringify(content), headers, query });
  const key = { "idempotency-key": "one" };

  it("answers 202 with the job and where it is", async () => {
    const { status, headers, text } = await submitBody({ name: "a" });
    expect([status, headers.get("location"), JSON.parse(text)]).toEqual([
      202,
      "/api/v1/jobs/run-1",
      { job_id: "run-1" },
    ]);
    expect(started).toEqual([{ name: "a" }]);
  });

  it("names the fields that are wrong", async () => {
    const { status, problem } = await submitBody({});
    expect([status, problem.code, problem.errors]).toEqual([
      422,
      "invalid_request",
      [{ pointer: "/name", message: "Name is required." }],
    ]);
  });

  it("only checks on request", async () => {
    const valid = await submitBody({ name: "a" }, key, "?validate_only=true");
    expect([valid.status, valid.text]).toEqual([200, '{"valid":true}']);
    expect((await submitBody({ name: "taken" }, {}, "?validate_only=true")).problem.code).toBe(
      "vm_name_taken",
    );
    expect((await submitBody({}, {}, "?validate_only=true")).status).toBe(422);
    expect((await submitBody({ name: "a" }, {}, "?validate_only=1")).status).toBe(422);
    expect(started).toEqual([]);
  });

  it("makes one job of 50 requests with one key at once, and of one that comes later", async () => {
    const key50 = { "idempotency-key": "fifty" };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => submitBody({ name: "a", b: 1 }, key50)),
    );
    const later = await submitBody({ b: 1, name: "a" }, key50);
    expect(new Set([...answers, later].map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['202 {"job_id":"run-1"}']),
    );
    expect(started).toHaveLength(1);
  });

  it("refuses another body under the same key", async () => {
    await submitBody({ name: "a" }, { "idempotency-key": "two" });
    const { status, problem } = await submitBody({ name: "b" }, { "idempotency-key": "two" });
    expect([status, problem.code]).toEqual([409, "idempotency_conflict"]);
    expect(started).toHaveLength(1);
  });

  it("lets a key try again after a failure", async () => {
    expect((await submitBody({}, { "idempotency-key": "three" })).status).toBe(422);
    expect((await submitBody({ name: "a" }, { "idempotency-key": "three" })).status).toBe(202);
  });

  it("refuses a key that is none", async () => {
    expect((await submitBody({ name: "a" }, { "idempotency-key": "a b" })).problem.code).toBe(
      "invalid_request",
    );
  });

  it("starts nothing while the server shuts down", async () => {
    harness.shuttingDown = true;
    const { status, headers, problem } = await submitBody({ name: "a" });
    expect([status, problem.code, headers.get("retry-after")]).toEqual([503, "shutting_down", "30"]);
    expect(started).toEqual([]);
  });

  it("looks again before it refuses for a state that may have passed", async () => {
    state = "running";
    expect((await submitBody({ name: "a" }, {}, "?validate_only=true")).problem.code).toBe("vm_not_off");
    look = async () => {
      state = "off";
    };
    expect((await submitBody({ name: "a" }, {}, "?validate_only=true")).status).toBe(200);
    state = "running";
    look = () => Promise.reject(new AethervError("host_unreachable", "It does not answer."));
    expect((await submitBody({ name: "a" }, {}, "?validate_only=true")).problem.code).toBe("vm_not_off");
  });
});
