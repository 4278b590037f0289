import { afterEach, expect, it, vi } from "vitest";
import { describeFailure } from "./failure";

afterEach(() => vi.unstubAllGlobals());

function chunkError(): Error {
  const error = new Error("chunk 1");
  error.name = "ChunkLoadError";
  return error;
}

it.each([
  chunkError(),
  new Error("Failed to load chunk /_next/static/chunks/0c1.js from module 42"),
  new TypeError("Failed to fetch dynamically imported module: http://localhost/form.1.js"),
  new TypeError("error loading dynamically imported module: http://localhost/form.1.js"),
  new TypeError("Importing a module script failed."),
])("says of a page that is older than the server's build that it must be reloaded: %s", (error) => {
  expect(describeFailure(error)).toMatchObject({
    title: "AetherV was updated: reload the page",
    reload: true,
  });
});

it("says of any other failure that the page made a mistake", () => {
  expect(describeFailure(new TypeError("x is undefined"))).toMatchObject({
    title: "This page made a mistake",
    detail: "x is undefined",
    reload: false,
  });
});

it("does not take a network that is gone for a server that was updated", () => {
  vi.stubGlobal("navigator", { onLine: false });
  expect(describeFailure(chunkError())).toMatchObject({ title: "AetherV cannot be reached", reload: false });
});
