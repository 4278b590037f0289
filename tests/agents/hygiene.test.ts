import { describe, expect, it } from "vitest";
import { CONDUCT, FORBIDDEN_COMMANDS } from "./hygiene/conduct-cases";
import { FORM } from "./hygiene/form-cases";
import { NEWER } from "./hygiene/newer-cases";
import { asAgent, asFunction, type RuleCase } from "./hygiene/rule-case";
import { agentSources, checkSyntax, moduleSources, type Role, type Source } from "./support/syntax-check";

const CASES = [...FORM, ...NEWER, ...CONDUCT];
const modules = moduleSources();
const helper: Source = { name: "common/helper.ps1", role: "Common", text: helperText() };

/** A file of functions that the cases call. */
function helperText(): string {
  const keeps = FORM.find(({ rule, as }) => rule === "strict-mode" && as === "common")?.keeps;
  if (keeps === undefined) throw new Error("There is no case of a common file.");
  return keeps;
}

function sourceOf(text: string, { as = "statements" }: RuleCase): Source {
  if (as === "statements") return { name: "case.ps1", role: "Agent", text: asAgent(asFunction(text)) };
  if (as === "function") return { name: "case.ps1", role: "Agent", text: asAgent(text) };
  const role: Role = { agent: "Agent", common: "Common", bootstrap: "Bootstrap" }[as] as Role;
  return { name: "case.ps1", role, text };
}

describe("the agents", () => {
  const sources = agentSources();
  const [findings = []] = checkSyntax([sources]);

  it("are all looked at", () => {
    const names = sources.filter(({ role }) => role !== "Module").map(({ name }) => name);
    expect(names).toContain("bootstrap.ps1");
    expect(names).toContain("initialization.ps1");
    expect(names.filter((name) => name.startsWith("common/")).length).toBeGreaterThan(10);
  });

  it("break no rule", () => {
    const sentences = findings.map(
      ({ file, line, column, rule, message }) => `agents/${file}:${line}:${column} ${rule}: ${message}`,
    );
    expect(sentences).toEqual([]);
  });
});

describe("a rule", () => {
  const sets = CASES.flatMap((each) => [sourceOf(each.breaks, each), sourceOf(each.keeps, each)]);
  const findings = checkSyntax(
    [...sets, ...FORBIDDEN_COMMANDS.map((text) => sourceOf(text, { rule: "", breaks: "", keeps: "" }))].map(
      (source) => [source, helper, ...modules],
    ),
  ).map((set) => set.filter(({ file }) => file === "case.ps1"));

  const titled = CASES.map((each, index) => ({
    ...each,
    index,
    title: each.breaks.trim().split("\n").at(-1),
  }));

  it.each(titled)("$rule catches: $title", ({ rule, index }) => {
    const rules = new Set(findings[2 * index]?.map((finding) => finding.rule));
    expect([...rules]).toEqual([rule]);
  });

  it.each(titled)("$rule lets be what is like: $title", ({ index }) => {
    expect(findings[2 * index + 1]).toEqual([]);
  });

  it.each(FORBIDDEN_COMMANDS.map((text, index) => ({ text, index })))(
    "script-text catches: $text",
    ({ index }) => {
      const rules = findings[2 * CASES.length + index]?.map((finding) => finding.rule);
      expect(rules).toContain("script-text");
    },
  );
});
