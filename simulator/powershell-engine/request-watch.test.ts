import { expect, test } from "vitest";
import type { AgentRequest } from "../agent-calls/request";
import { type Handover, watchForRequests } from "./request-watch";

const request = { agent: "vm", operation: "read", job_id: "j", nonce: "n", spec: { vm_name: "é" } };
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
function beginning(...texts: string[]): string {
  return texts.map((text) => `${base64(text)}\n`).join("");
}

const agentInput = beginning("common", "entry", JSON.stringify(request));
const warmCall = (nonce: string) => `${nonce} vm\n\n${beginning(JSON.stringify({ ...request, nonce }))}`;
const warmInput = `${beginning("common", "200")}${warmCall("n1")}${warmCall("n2")}`;

async function pass(input: string, size: number, handover: Handover = "pass") {
  const seen: AgentRequest[] = [];
  const events: string[] = [];
  let passed = "";
  async function* pieces() {
    for (let at = 0; at < input.length; at += size) yield Buffer.from(input.slice(at, at + size), "latin1");
  }
  for await (const chunk of watchForRequests(pieces(), async (found, isWarm) => {
    seen.push(found);
    events.push(`${isWarm ? "warm" : "cold"} request after ${passed.length}`);
    return handover;
  })) {
    passed += Buffer.from(chunk).toString("latin1");
  }
  return { seen, events, passed };
}

test.each([1, 7, 10_000])(
  "sees an agent's request before any of it goes on, in pieces of %i",
  async (size) => {
    const { seen, events, passed } = await pass(`${agentInput}more`, size);
    expect(passed).toBe(`${agentInput}more`);
    expect(seen).toEqual([expect.objectContaining(request)]);
    expect(events).toEqual([`cold request after ${beginning("common", "entry").length}`]);
  },
);

test.each(["", "a\nb\nc\n", agentInput.trimEnd(), `x\ny\n${base64("{}")}\n`])(
  "passes %j on unseen",
  async (input) => {
    const { seen, passed } = await pass(input, 5);
    expect(passed).toBe(input);
    expect(seen).toEqual([]);
  },
);

test.each([1, 7, 10_000])(
  "sees each request of a process that serves call after call, in pieces of %i",
  async (size) => {
    const { seen, passed } = await pass(warmInput, size);
    expect(passed).toBe(warmInput);
    expect(seen.map(({ nonce }) => nonce)).toEqual(["n1", "n2"]);
  },
);

test("hands over something that is no request in place of one that is to be spoilt", async () => {
  const { passed } = await pass(warmInput, 7, "spoil");
  const lines = passed.split("\n");
  expect([lines[4], lines[7]].map((line) => Buffer.from(line ?? "", "base64").toString())).toEqual([
    "[]",
    "[]",
  ]);
  expect(passed.length).toBeLessThan(warmInput.length);
});
