import { expect, test } from "vitest";
import { holdsMarker, notesWithoutMarker, readMarker } from "./deployment-marker";

const block = (json: string) => `--- aetherv begin ---\r\n${json}\r\n--- aetherv end ---`;

test("the block of a deployment under way says how far it has come, and what was asked for", () => {
  const notes = `Shop, front end.\r\n${block('{"deployment_id":"d-1","step":2,"steps":4,"since":"2026-01-02T03:04:05Z","actor":"größe","request":{"vm_name":"web01"},"disk_path":"D:\\\\web01.vhdx"}')}`;
  expect(readMarker(notes)).toEqual({
    deployment_id: "d-1",
    disk_path: "D:\\web01.vhdx",
    since: "2026-01-02T03:04:05Z",
    actor: "größe",
    request: { vm_name: "web01" },
    progress: { step: 2, steps: 4 },
    completed: null,
  });
  expect(notesWithoutMarker(notes)).toBe("Shop, front end.");
});

test("the block of a complete deployment says since when it is", () => {
  const notes = block('{"deployment_id":"d-1","completed":"2026-01-02T03:04:05Z"}');
  expect(readMarker(notes)).toEqual({
    deployment_id: "d-1",
    request: null,
    progress: null,
    completed: "2026-01-02T03:04:05Z",
    disk_path: null,
    since: null,
    actor: null,
  });
  expect(notesWithoutMarker(notes)).toBe("");
});

test("a block that somebody edited is still one, and says nothing", () => {
  for (const json of ["{", "[]", '{"deployment_id":7}']) {
    expect(readMarker(block(json))).toBeNull();
    expect(holdsMarker(block(json))).toBe(true);
  }
  expect(readMarker(block('{"deployment_id":"d-1","step":"two","completed":"soon"}'))).toMatchObject({
    progress: null,
    completed: null,
  });
});

test("notes without a block are people's own", () => {
  expect(holdsMarker("Ask --- aetherv begin --- first")).toBe(false);
  expect(readMarker("")).toBeNull();
});
