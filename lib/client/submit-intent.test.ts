import { expect, test } from "vitest";
import { SubmitIntent } from "./submit-intent";

test("a repeated body keeps its key while nobody has answered", () => {
  const intent = new SubmitIntent();
  const key = intent.keyFor({ vm_name: "web01" });
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(intent.keyFor({ vm_name: "web01" })).toBe(key);
});

test("another body is another intent", () => {
  const intent = new SubmitIntent();
  const key = intent.keyFor({ vm_name: "web01" });
  expect(intent.keyFor({ vm_name: "web02" })).not.toBe(key);
});

test("after an answer the same body is a new intent", () => {
  const intent = new SubmitIntent();
  const key = intent.keyFor({ vm_name: "web01" });
  intent.settled();
  expect(intent.keyFor({ vm_name: "web01" })).not.toBe(key);
});
