import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What everything that a page shows may stand on. */
const BELOW_PAGES = ["components/ui", "components/shared", "lib/client", "lib/domain", "lib/schema"];

/** Which places of ours the files of a place may import, besides their own. The most specific key wins. */
const ALLOWED: Record<string, string[]> = {
  "lib/domain": [],
  "lib/winrm": [],
  "lib/schema": ["lib/domain"],
  "lib/agents": ["lib/domain", "lib/winrm"],
  "lib/hyperv": ["lib/domain", "lib/agents"],
  "lib/jobs": ["lib/domain"],
  "lib/inventory": ["lib/domain"],
  "lib/host-check": ["lib/domain", "lib/jobs"],
  "lib/provisioning": ["lib/domain", "lib/jobs", "lib/schema"],
  "lib/deployment": ["lib/domain", "lib/jobs", "lib/schema", "lib/provisioning"],
  "lib/client": ["lib/domain", "lib/schema", "generated"],
  "lib/http": [
    "lib/domain",
    "lib/schema",
    "lib/jobs",
    "lib/provisioning",
    "lib/deployment",
    "lib/inventory",
    "lib/log.ts",
  ],
  "lib/openapi": ["lib/domain", "lib/http", "lib/schema"],
  "lib/config": ["lib/domain"],
  "lib/config.ts": ["lib/config", "lib/domain"],
  "lib/log.ts": ["lib/domain"],
  "lib/server": ["lib"],
  "lib/server.ts": ["lib"],
  "components/ui": [],
  "components/shared": ["components/ui", "lib/client", "lib/domain"],
  "components/attention": BELOW_PAGES,
  "components/jobs": BELOW_PAGES,
  "components/form": BELOW_PAGES,
  "components/reference": BELOW_PAGES,
  "components/vm-actions": [...BELOW_PAGES, "components/component-form"],
  "components/component-form": [...BELOW_PAGES, "components/form"],
  "components/vm-disks": [...BELOW_PAGES, "components/component-form", "components/vm-actions"],
  "components/vm-nics": [...BELOW_PAGES, "components/component-form", "components/vm-actions"],
  "components/vm-bulk": [...BELOW_PAGES, "components/jobs", "components/vm-actions"],
  "components/vms": [
    ...BELOW_PAGES,
    "components/jobs",
    "components/vm-actions",
    "components/vm-bulk",
    "components/vm-disks",
    "components/vm-nics",
  ],
  "components/hosts": [...BELOW_PAGES, "components/attention", "components/vms"],
  "components/clusters": [...BELOW_PAGES, "components/attention", "components/vms"],
  "components/overview": [...BELOW_PAGES, "components/attention", "components/jobs", "components/vms"],
  "components/shell": [...BELOW_PAGES, "components/jobs", "components/vm-actions", "components/vms"],
  "components/unfinished": [
    ...BELOW_PAGES,
    "components/form",
    "components/jobs",
    "components/vm-actions",
    "components/vms",
  ],
  app: ["components", "lib/client", "lib/domain", "lib/http", "lib/openapi", "lib/server.ts", "lib/schema"],
  simulator: [],
  "instrumentation.ts": ["lib"],
  "proxy.ts": ["lib/http", "lib/domain"],
};

/** Only these read the environment: everything else is told. */
const MAY_READ_ENVIRONMENT = ["lib/config.ts", "instrumentation.ts", "proxy.ts", "next.config.ts"];

interface SourceFile {
  path: string;
  text: string;
}

const sources = ["lib", "components", "app", "simulator", "instrumentation.ts", "proxy.ts"].flatMap(read);

function read(place: string): SourceFile[] {
  const path = join(ROOT, place);
  if (/\.tsx?$/.test(place)) return [{ path: place, text: readFileSync(path, "utf8") }];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.tsx?$/.test(entry.name))
    .flatMap((entry) => read(posix.join(place, entry.name)));
}

/** The files of this repository that a file imports, as paths from the root, without extension. */
function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.flatMap((specifier) => {
    if (specifier.startsWith("@/")) return [specifier.slice(2)];
    if (specifier.startsWith(".")) return [relative(ROOT, join(ROOT, dirname(path), specifier))];
    return [];
  });
}

function placeOf(path: string): string {
  const withExtension = Object.keys(ALLOWED).find((place) => place === path || place === `${path}.ts`);
  if (withExtension) return withExtension;
  const places = Object.keys(ALLOWED).filter((place) => path.startsWith(`${place}/`));
  return places.sort((a, b) => b.length - a.length)[0] ?? path;
}

function mayImport(from: string, target: string): boolean {
  const home = placeOf(from);
  const isWithin = (place: string) =>
    target === place || `${target}.ts` === place || target.startsWith(`${place}/`);
  return placeOf(target) === home || (ALLOWED[home] ?? []).some(isWithin);
}

describe("import boundaries", () => {
  it("finds the sources and knows the place of each", () => {
    expect(sources.length).toBeGreaterThan(50);
    const homeless = sources
      .filter(({ path }) => !path.endsWith(".test.ts") && ALLOWED[placeOf(path)] === undefined)
      .map(({ path }) => path);
    expect(homeless, "files in a place without a rule").toEqual([]);
  });

  it("lets dependencies point inward only", () => {
    const crossings = sources
      .filter(({ path }) => !path.endsWith(".test.ts"))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !mayImport(file.path, target))
          .map((target) => `${file.path} → ${target}`),
      );
    expect(crossings).toEqual([]);
  });

  it("keeps lib/winrm free of packages, but for the XML parser", () => {
    const packages = sources
      .filter(({ path }) => path.startsWith("lib/winrm/") && !path.endsWith(".test.ts"))
      .flatMap(({ text }) =>
        [...text.matchAll(/from\s+["']([^."'@][^"']*)["']/g)].map((match) => match[1] ?? ""),
      )
      .filter((name) => !name.startsWith("node:") && name !== "fast-xml-parser");
    expect(packages).toEqual([]);
  });

  it("loads the optional package kerberos in one place of lib/winrm, and only when it is needed", () => {
    const named = sources.filter(
      ({ path, text }) => !path.endsWith(".test.ts") && /["']kerberos["'];?$/m.test(text),
    );
    expect(named.map(({ path }) => path)).toEqual(["lib/winrm/authentication/kerberos.ts"]);
    expect(named[0]?.text).toMatch(/await import\(.*PACKAGE\)/);
    expect(named[0]?.text).not.toMatch(/from\s+["']kerberos["']/);
  });

  it("reads the environment in one place", () => {
    const readers = sources
      .filter(({ path, text }) => text.includes("process.env") && !path.endsWith(".test.ts"))
      .map(({ path }) => path)
      .filter((path) => !MAY_READ_ENVIRONMENT.includes(path));
    expect(readers).toEqual([]);
  });
});
