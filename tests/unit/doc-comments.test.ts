import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A sentence of a comment that begins with "Throws", and a type in braces. */
const OTHER_WAYS = /^\s*\/?\*+.*(?:[*.:;] Throws\b|@throws \{)/;

it("says what is thrown in one way: behind @throws, by the type's name", () => {
  const files = ["app", "components", "lib"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  const others = files.flatMap((file) =>
    readFileSync(join(ROOT, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (OTHER_WAYS.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(others).toEqual([]);
});
