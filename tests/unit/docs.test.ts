import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What npm runs without `run`, and what it does itself. */
const NPM_SHORT = /\bnpm (test|start)\b/g;
const NPM_RUN = /\bnpm run (?:-s )?([a-z][a-z0-9:-]*)/g;

/** `[text](target)`, and the sources of pictures. */
const TARGETS = [/\]\(([^)\s]+)\)/g, /\bsrc(?:set)?="([^"\s]+)"/g];

/** A place of the repository, as text names it. Patterns and what stands for others are no places. */
const PLACES = /`((?:\.ci|agents|app|components|docs|lib|schemas|scripts|simulator|tests)\/[\w./@()[\]-]*)`/g;

/** They are part of every clone. */
const LARGEST_PICTURE_BYTES = 150_000;

interface Page {
  path: string;
  text: string;
  /** Without code blocks. */
  prose: string;
}

const pages = ["README.md", "CONTRIBUTING.md", ...pagesUnder("docs")].map((path): Page => {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, text, prose: text.replaceAll(/^( *)```.*?^\1```/gms, "") };
});

function pagesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesUnder(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** The modules of a folder: its folders, and the files that stand alone. */
function insideOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`);
}

function targetsOf({ prose }: Page): string[] {
  return TARGETS.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target = ""]) => target));
}

/** As GitHub makes them of headings. */
function anchorsOf(path: string): string[] {
  const { prose } = pages.find((page) => page.path === path) ?? { prose: "" };
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Why a reader who follows the link does not arrive; null: he does. */
function flawOf(page: Page, target: string): string | null {
  if (/^[a-z]+:/i.test(target)) return null;
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? page.path : normalize(join(dirname(page.path), file));
  if (!existsSync(join(ROOT, path))) return `${page.path}: ${target} is not there`;
  if (anchor !== undefined && !anchorsOf(path).includes(anchor)) {
    return `${page.path}: ${target} has no such heading`;
  }
  return null;
}

describe("the pages of documentation", () => {
  it("are found, with their links, places and commands", () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap(targetsOf).length).toBeGreaterThan(20);
  });

  it.each(pages)("$path leads only where something is", (page) => {
    expect(targetsOf(page).flatMap((target) => flawOf(page, target) ?? [])).toEqual([]);
  });

  it.each(pages)("$path names only places that exist", ({ text }) => {
    const places = [...text.matchAll(PLACES)].map(([, place = ""]) => place);
    expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  it.each(pages)("$path names only commands that exist", ({ text }) => {
    const named = [NPM_SHORT, NPM_RUN].flatMap((pattern) => [...text.matchAll(pattern)]);
    expect(named.map(([, name = ""]) => name).filter((name) => !(name in scripts))).toEqual([]);
  });

  it("show pictures that are small, in both themes, and no others are kept", () => {
    const images = join(ROOT, "docs", "images");
    const kept = readdirSync(images);
    const large = kept.filter((name) => statSync(join(images, name)).size > LARGEST_PICTURE_BYTES);
    expect(large).toEqual([]);
    const shown = pages
      .flatMap(targetsOf)
      .filter((target) => target.includes("images/"))
      .map((target) => basename(target));
    expect([...new Set(shown)].sort()).toEqual(kept.sort());
    const light = kept.filter((name) => name.endsWith("-light.webp"));
    expect(kept).toEqual(expect.arrayContaining(light.map((name) => name.replace("-light", "-dark"))));
    expect(kept).toHaveLength(2 * light.length);
  });

  it("have a row for each place in docs/architecture.md", () => {
    const outside = ["agents", "app", "components", "schemas", "scripts", "simulator", "tests"];
    const places = [...outside, ...insideOf("lib")];
    const rows = pages.find(({ path }) => path === "docs/architecture.md")?.text.match(/^\| `.*?\|/gm) ?? [];
    expect(places.filter((place) => !rows.some((row) => row.includes(`\`${place}\``)))).toEqual([]);
  });

  it("are all named in the README or on a page that is", () => {
    const reached = new Set(["README.md"]);
    for (const path of reached) {
      const page = pages.find((candidate) => candidate.path === path);
      if (page === undefined) continue;
      for (const target of targetsOf(page)) {
        const place = normalize(join(dirname(path), target.split("#")[0] ?? "")).replace(/\/$/, "");
        if (place.endsWith(".md")) reached.add(place);
        else for (const inside of pages) if (dirname(inside.path) === place) reached.add(inside.path);
      }
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });
});
