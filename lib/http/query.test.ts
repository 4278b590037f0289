import { describe, expect, it } from "vitest";
import { ApiHarness, type CallInit } from "@/tests/support/api-harness";
import { authorize } from "./authorize";
import { jobListQuery, readQuery, vmListQuery } from "./query";
import { json } from "./respond";

const harness = new ApiHarness();
const echo = harness.api({
  GET(call) {
    authorize(call, "jobs:read");
    return json(readQuery(call, vmListQuery));
  },
});
const call = (init: CallInit) => harness.call(echo, init);

describe("queries", () => {
  it("fills in what is not given", async () => {
    expect(JSON.parse((await call({ query: "?host=hv01" })).text)).toEqual({
      host: "hv01",
      limit: 100,
      offset: 0,
    });
  });

  it.each([
    ["?hots=hv01", 'there is no parameter "hots"'],
    ["?limit=0", "limit must be a whole number from 1 to 500"],
    ["?limit=501", "limit must be a whole number from 1 to 500"],
    ["?limit=1e2", "limit must be a whole number from 1 to 500"],
    ["?offset=-1", "offset must be a whole number from 0 to 1000000"],
    ["?state=on", "state must be one of running, off"],
    ["?host=a&host=b", "host must be given once"],
    ["?__proto__=1", 'there is no parameter "__proto__"'],
    [`?q=${"x".repeat(300)}`, "q must have at most 256 characters"],
  ])("refuses %s", async (query, sentence) => {
    const { status, problem } = await call({ query });
    expect([status, problem.code]).toEqual([422, "invalid_request"]);
    expect(problem.detail).toContain(sentence);
  });
});

describe("the query of the list of jobs", () => {
  const list = harness.api({
    GET(call) {
      authorize(call, "jobs:read");
      return json(readQuery(call, jobListQuery));
    },
  });

  it("takes several states, times with their offset, and an order", async () => {
    const query =
      "?state=queued,running&created_from=2026-01-02T04:00:00%2B01:00&created_before=2026-01-02T04:00:00Z&sort=-vm";
    expect(JSON.parse((await harness.call(list, { query })).text)).toEqual({
      states: ["queued", "running"],
      createdFrom: Date.parse("2026-01-02T03:00:00Z"),
      createdBefore: Date.parse("2026-01-02T04:00:00Z"),
      sort: "-vm",
      top_level: false,
      limit: 100,
      offset: 0,
    });
  });

  it.each([
    ["?state=queued,done", "state must be one of queued, running"],
    ["?state=", "state must be one of queued, running"],
    ["?created_from=yesterday", "created_from must be a time such as 2026-01-31T12:00:00Z"],
    ["?created_before=2026-01-02", "created_before must be a time such as"],
    ["?sort=name", "sort must be one of created, state"],
    ["?sort=-activity", "sort must be one of created, state"],
  ])("refuses %s", async (query, sentence) => {
    const { status, problem } = await harness.call(list, { query });
    expect([status, problem.code]).toEqual([422, "invalid_request"]);
    expect(problem.detail).toContain(sentence);
  });
});
