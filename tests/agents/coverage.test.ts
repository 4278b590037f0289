import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ALL } from "./scenarios/all";
import { nameOf } from "./support/scenario";

const PAGE = new URL("../../docs/agent-protocol.md", import.meta.url);

/** Codes that the table writes as one. */
const GROUPS: Record<string, string[]> = {
  "host_resources_*": ["host_resources_missing", "host_resources_invalid"],
};

interface Row {
  call: string;
  /** Whether it reads anything from the request, so that a field can be wrong. */
  takesFields: boolean;
  codes: string[];
}

/** The table of section 4: every operation with its error codes. */
function documented(): Row[] {
  const section = readFileSync(PAGE, "utf8")
    .split(/^## /m)
    .find((text) => text.startsWith("4. Operations"));
  // The first is the header.
  const lines = (section ?? "").split("\n").filter((line) => /^\| [a-z]+ +\| [a-z_]+ +\|/.test(line));
  return lines.slice(1).map((line) => {
    const [, agent = "", operation = "", spec = "", , codes = ""] = line
      .split("|")
      .map((cell) => cell.trim());
    const names = [...codes.matchAll(/`([a-z_*]+)`/g)].map((match) => match[1] ?? "");
    return {
      call: `${agent}/${operation}`,
      takesFields: spec !== "",
      codes: names.flatMap((name) => GROUPS[name] ?? [name]),
    };
  });
}

const rows = documented();

/** "Any operation may answer …": wrong fields everywhere; Hyper-V's own words at least once for each agent that changes something. */
const ALSO: Record<string, string[]> = {
  "disk/create": GROUPS["host_resources_*"] ?? [],
  "nic/create": GROUPS["host_resources_*"] ?? [],
};

it("finds the operations in the page", () => {
  expect(rows.length).toBeGreaterThanOrEqual(21);
  expect(rows.find(({ call }) => call === "vm/read")?.codes).toEqual(["vm_not_found"]);
});

it.each(rows)("$call succeeds in a scenario", ({ call }) => {
  expect(ALL.some((scenario) => scenario.call === call && scenario.fails === undefined)).toBe(true);
});

const failures = rows.flatMap(({ call, takesFields, codes }) =>
  [...codes, ...(ALSO[call] ?? []), ...(takesFields ? ["invalid_request"] : [])].map((code) => ({
    call,
    code,
  })),
);

it.each(failures)("$call fails with $code in a scenario", ({ call, code }) => {
  expect(ALL.some((scenario) => scenario.call === call && scenario.fails?.code === code)).toBe(true);
});

it("shows Hyper-V's own words for an agent", () => {
  const agents = ALL.filter(({ fails }) => fails?.code === "hyperv_error").map(
    ({ call }) => call.split("/")[0],
  );
  expect([...new Set(agents)].sort()).toEqual(["disk", "initialization", "vm"]);
});

it("documents every code that a scenario expects", () => {
  const undocumented = ALL.filter(({ call, fails }) => {
    if (fails === undefined || ["invalid_request", "hyperv_error"].includes(fails.code)) return false;
    const row = rows.find((each) => each.call === call);
    return ![...(row?.codes ?? []), ...(ALSO[call] ?? [])].includes(fails.code);
  });
  expect(undocumented.map((scenario) => `${nameOf(scenario)} (${scenario.fails?.code})`)).toEqual([]);
});

it("has no two scenarios of the same name", () => {
  const names = ALL.map(nameOf);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
