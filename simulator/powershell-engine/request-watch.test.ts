import { expect, test } from "vitest";
import type { AgentRequest } from "../agent-calls/request";
import { watchForRequest } from "./request-watch";

const request = { agent: "vm", operation: "read", job_id: "j", nonce: "n", spec: { vm_name: "é" } };
const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const agentInput = ["common", "entry", JSON.stringify(request)].map((text) => `${base64(text)}\n`).join("");

async function pass(input: string, size: number) {
  const seen: AgentRequest[] = [];
  const events: string[] = [];
  let passed = "";
  async function* pieces() {
    for (let at = 0; at < input.length; at += size) yield Buffer.from(input.slice(at, at + size), "latin1");
  }
  for await (const chunk of watchForRequest(pieces(), async (found) => {
    seen.push(found);
    events.push(`request after ${passed.length}`);
  })) {
    passed += Buffer.from(chunk).toString("latin1");
  }
  return { seen, events, passed };
}

test.each([1, 7, 10_000])(
  "sees an agent's request before it goes on whole, in pieces of %i",
  async (size) => {
    const { seen, events, passed } = await pass(`${agentInput}more`, size);
    expect(passed).toBe(`${agentInput}more`);
    expect(seen).toEqual([expect.objectContaining(request)]);
    expect(events).toEqual([`request after ${Math.floor((agentInput.length - 1) / size) * size}`]);
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
