import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL } from "./scenarios/all";
import { noteCalls } from "./support/contract";
import { AGENTS, type EngineUnderTest, powerShellEngine } from "./support/engines";
import { expectScenario } from "./support/expectations";
import { observe } from "./support/observation";
import { nameOf } from "./support/scenario";
import { agentSources, checkSyntax } from "./support/syntax-check";

/** One mistake in one script, and what notices it. */
interface Mistake {
  what: string;
  file: string;
  from: string;
  to: string;
  /** The scenario of the contract that fails, and how; null: it runs here as if nothing were wrong. */
  scenario: { name: string; shows: RegExp } | null;
  /** The rule on the syntax tree that it breaks; null: none can tell. */
  rule: string | null;
}

const MISTAKES: Mistake[] = [
  {
    what: "a misspelt cmdlet parameter",
    file: "nic.ps1",
    from: "-VMNetworkAdapter $adapter -Access -VlanId $vlanId",
    to: "-VMNetworkAdapter $adapter -Access -VlanIdd $vlanId",
    scenario: {
      name: "nic/create: connects an adapter that is named after its network, whose name is found in any case",
      shows: /hyperv_error.*VlanIdd/,
    },
    rule: "newer-parameter",
  },
  {
    what: "an operator of PowerShell 7",
    file: "common/disk-image.ps1",
    from: "if ($IsFixed) { 'Fixed' } else { 'Dynamic' }",
    to: "$IsFixed ? 'Fixed' : 'Dynamic'",
    scenario: null,
    rule: "newer-syntax",
  },
  {
    what: "a variable that is not set",
    file: "common/vm-hardware.ps1",
    from: "-VM $VirtualMachine -Count $ProcessorCount",
    to: "-VM $VirtualMachine -Count $ProcesorCount",
    scenario: {
      name: "vm/create: makes a VM of generation 2 for Linux, off and without devices",
      shows: /hyperv_error.*\$ProcesorCount/,
    },
    rule: null,
  },
];

/** A copy of agents/ with the mistake in it. */
function withMistake({ file, from, to }: Mistake): string {
  const directory = mkdtempSync(join(tmpdir(), "aetherv-broken-"));
  cpSync(AGENTS, directory, { recursive: true });
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`agents/${file} no longer holds: ${from}`);
  writeFileSync(path, text.replace(from, to));
  return directory;
}

describe.each(MISTAKES)("$what", (mistake) => {
  let agents: string;
  let engine: EngineUnderTest;
  let calls = 0;
  beforeAll(async () => {
    agents = withMistake(mistake);
    engine = await powerShellEngine();
  });
  afterAll(async () => {
    noteCalls(engine.name, engine.version, calls);
    await engine.close();
    rmSync(agents, { recursive: true });
  });

  if (mistake.scenario !== null) {
    const { name, shows } = mistake.scenario;
    test(`fails the scenario ${name}`, async () => {
      const scenario = ALL.find((each) => nameOf(each) === name);
      if (scenario === undefined) throw new Error("There is no such scenario.");
      calls += 2;
      expectScenario(scenario, await observe(scenario, engine));
      const seen = await observe(scenario, engine, agents);
      expect(() => expectScenario(scenario, seen)).toThrow(shows);
    });
  }

  if (mistake.rule !== null) {
    test(`breaks the rule ${mistake.rule}`, () => {
      const [before = [], after = []] = checkSyntax([agentSources(), agentSources(agents)]);
      expect(before).toEqual([]);
      expect(after.map(({ rule, file }) => [rule, file])).toEqual([[mistake.rule, mistake.file]]);
    });
  }
});
