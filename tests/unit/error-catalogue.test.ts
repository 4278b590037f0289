import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ERROR_CATALOGUE, type ErrorCode, isErrorCode } from "@/lib/domain/error-codes";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CATALOGUE = "lib/domain/error-codes.ts";

interface SourceFile {
  path: string;
  text: string;
}

const SOURCE = /\.(tsx?|ps1)$/;
/** Tells of codes, and answers none. */
const DOCUMENT = "lib/openapi/";

/** All that can answer a code: the application and what it runs on the hosts. */
const sources = ["lib", "app", "agents", "proxy.ts"]
  .flatMap(read)
  .filter(({ path }) => path !== CATALOGUE && !path.startsWith(DOCUMENT) && !path.endsWith(".test.ts"));

function read(place: string): SourceFile[] {
  const path = join(ROOT, place);
  if (SOURCE.test(place)) return [{ path: place, text: readFileSync(path, "utf8") }];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || SOURCE.test(entry.name))
    .flatMap((entry) => read(posix.join(place, entry.name)));
}

/** What Zod calls an issue of ours: no code of an answer. */
const ZOD_CODE = "custom";

/** How a code is thrown: by the application, as part of a refusal or a table, and by an agent. */
const THROWN: readonly RegExp[] = [
  /\bAethervError\(\s*"([^"]*)"/g,
  /\bcode: "([^"]*)"/g,
  /-Code\s+['"]([^'"$]*)['"]/g,
  /\$code = ['"]([^'"]*)['"]/g,
];

const thrown = sources
  .flatMap(({ path, text }) =>
    THROWN.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ path, code: match[1] ?? "" }))),
  )
  .filter(({ code }) => code !== ZOD_CODE);

describe("the catalogue of errors", () => {
  const entries = Object.entries(ERROR_CATALOGUE);

  it("is searched for in all of the application and its agents", () => {
    const from = (place: string) => thrown.filter(({ path }) => path.startsWith(place)).length;
    expect(from("lib/")).toBeGreaterThan(30);
    expect(from("agents/")).toBeGreaterThan(10);
  });

  it("has an entry for every code that is thrown", () => {
    const missing = thrown
      .filter(({ code }) => !isErrorCode(code))
      .map(({ path, code }) => `${path}: ${code}`);
    expect(missing).toEqual([]);
  });

  it("has no entry that nobody uses", () => {
    const idle = entries
      .map(([code]) => code)
      .filter(
        (code) => !sources.some(({ text }) => text.includes(`"${code}"`) || text.includes(`'${code}'`)),
      );
    expect(idle).toEqual([]);
  });

  it.each(entries)("says of %s what happened and what to do next", (code, { status, title, next }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(next, "a whole sentence").toMatch(/^[A-Z/].{12,}\.$|\?$/);
    expect(next).not.toBe(title);
  });

  it("gives no two codes the same words", () => {
    const titles = entries.map(([, { title }]) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it("tells nobody to look at a job's log where there may be no job", () => {
    const readOnly: ErrorCode[] = [
      "agent_failed",
      "host_unreachable",
      "host_busy",
      "winrm_fault",
      "contact_lost",
    ];
    for (const code of readOnly) expect(ERROR_CATALOGUE[code].next).not.toMatch(/job's log/);
  });
});
