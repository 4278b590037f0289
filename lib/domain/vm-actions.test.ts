import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { VM_STATES, type VmState } from "./inventory";
import { POWER_ACTIONS, type PowerAction } from "./power-actions";
import { refusalOf, statesFor, VM_ACTIONS, type VmAction, whyNot } from "./vm-actions";

const PAGE = readFileSync(new URL("../../docs/agent-protocol.md", import.meta.url), "utf8");

/** Cells of the rows of the page's table whose header begins with these words. */
function tableOf(...header: string[]): string[][] {
  const lines = PAGE.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => header.every((word, index) => cellsOf(line)[index] === word));
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.indexOf("")).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function quoted(text = ""): string[] {
  return [...text.matchAll(/`([a-z_]+)`/g)].map(([, word = ""]) => word);
}

/** `off`, `running` · any state · all but `saved`: that and the state that it leads to. */
function statesIn(cell = "", afterwards?: string): string[] {
  if (cell === "any state") return [...VM_STATES];
  const named = quoted(cell);
  if (!cell.startsWith("all but")) return named;
  return VM_STATES.filter((state) => !named.includes(state) && state !== afterwards);
}

/** Rows of the page's table of changes, and what they are here. */
const CHANGES: Record<string, VmAction[]> = {
  "vm/update of `vm_name`": ["rename"],
  "vm/update of `gb_ram`, more than now": ["more_memory"],
  "vm/update of `gb_ram`, less than now": ["less_memory"],
  "vm/update of `cpu_cores`": ["processors"],
  "vm/delete without `turn_off`": ["delete"],
  "initialization/begin": ["initialize"],
  "vm/cluster_add, vm/cluster_remove": ["cluster_add", "cluster_remove"],
  "disk/update, more than now": ["disk_grow"],
  "disk/delete": ["disk_remove"],
  "nic/update of `network`, `adapter_name`": ["nic_network", "nic_rename"],
  "nic/update of `mac_address`": ["nic_mac_address"],
  "nic/delete": ["nic_remove"],
};

describe("the table of actions", () => {
  it("is the agents' own, action by action", () => {
    const documented = tableOf("action", "what happens").map(([action = "", , states, afterwards]) => {
      const [state] = quoted(afterwards);
      return [quoted(action)[0], [...statesIn(states, state)].sort(), state];
    });
    const own = POWER_ACTIONS.map((action) => {
      const { states, afterwards } = VM_ACTIONS[action];
      return [action, [...states].sort(), afterwards];
    });
    expect(own).toEqual(documented);
  });

  it("asks of a change what the agents ask", () => {
    const rows = tableOf("change", "allowed in");
    expect(rows.map(([change]) => change)).toEqual(Object.keys(CHANGES));
    for (const [change = "", cell = "", checkpoints] of rows) {
      const [usually = "", exception = ""] = cell.split("; ");
      for (const action of CHANGES[change] ?? []) {
        const rule = VM_ACTIONS[action];
        expect([...rule.states].sort(), change).toEqual(statesIn(usually).sort());
        expect(rule.noCheckpoints === true, change).toBe(checkpoints === "no");
        // The records do not say which controller a disk is on.
        const trait = exception.includes("IDE")
          ? undefined
          : exception.match(/generation 1|dynamic memory/)?.[0];
        expect(rule.offWith, change).toBe(trait?.replace(" ", "_"));
      }
    }
  });
});

describe("refusalOf", () => {
  it("says which states an action needs, and which one is there", () => {
    expect(refusalOf("processors", { state: "running" })).toBe(
      "The number of its processors can be changed only while the VM is off; it is running.",
    );
    expect(refusalOf("reset", { state: "saved" })).toBe(
      "It can be reset only while the VM is running or paused; it is saved.",
    );
    expect(refusalOf("processors", { state: "off" })).toBeNull();
  });

  it("lets an action be whose result is there already, which an offer of it does not", () => {
    expect(refusalOf("start", { state: "running" })).toBeNull();
    expect(whyNot("start", { state: "running" })).toBe("The VM is running already.");
    expect(whyNot("restart", { state: "running" })).toBeNull();
  });

  it("asks for a VM that is off where its kind does", () => {
    const old = { state: "running", generation: 1 } as const;
    expect(refusalOf("nic_remove", old)).toMatch(/only while the VM is off; it is running/);
    expect(refusalOf("nic_remove", { ...old, generation: 2 })).toBeNull();
    expect(refusalOf("nic_network", old)).toBeNull();
    expect(refusalOf("more_memory", { state: "running", dynamic_memory: true })).toMatch(
      /while the VM is off/,
    );
    expect(refusalOf("more_memory", { state: "running", dynamic_memory: false })).toBeNull();
  });

  it("names the checkpoints that stand against a change", () => {
    expect(refusalOf("disk_grow", { state: "off", checkpoints: 2 })).toMatch(
      /^The VM has 2 checkpoints: delete them/,
    );
    expect(refusalOf("delete", { state: "off", checkpoints: 1 })).toMatch(
      /^The VM has a checkpoint: delete it/,
    );
    expect(refusalOf("rename", { state: "off", checkpoints: 1 })).toBeNull();
  });

  it("gives a sentence or nothing for every action in every state", () => {
    for (const action of Object.keys(VM_ACTIONS) as VmAction[]) {
      for (const state of VM_STATES) {
        const said = whyNot(action, { state });
        const isPossible = statesFor(action, { state }).includes(state);
        const isThere = VM_ACTIONS[action].afterwards === state && !VM_ACTIONS[action].repeats;
        expect(said === null, `${action} while ${state}`).toBe(isPossible && !isThere);
        if (said !== null) expect(said).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it("offers something in every state that a VM can stay in", () => {
    const offered = (state: VmState): PowerAction[] =>
      POWER_ACTIONS.filter((action) => whyNot(action, { state }) === null);
    expect(offered("off")).toEqual(["start"]);
    expect(offered("paused")).toEqual(["turn_off", "reset", "resume", "save"]);
    expect(offered("critical")).toEqual(["turn_off"]);
  });
});
