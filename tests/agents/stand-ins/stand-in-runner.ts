import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createSimulatedFleet, type Fleet } from "@/simulator/host/fleet";
import type { VirtualMachine } from "@/simulator/host/model";
import { StandInError } from "@/simulator/powershell-engine/calls/stand-in-call";
import { type AnswerStandIn, createStandInCalls } from "@/simulator/powershell-engine/calls/stand-in-calls";
import { SimulatedDrives } from "@/simulator/powershell-engine/drives/simulated-drives";
import { createScriptRunner } from "../support/script-runner";

const PROLOGUE = "Set-StrictMode -Version 3.0\n$ErrorActionPreference = 'Stop'\n";

/** Runs scripts with the stand-ins' modules on the demo's hosts, which are new for each test. */
export interface StandInRunner {
  /** What a script on hv01, or on another host, wrote, as lines; throws what it left on stderr. */
  lines(script: string, host?: string): Promise<string[]>;
  /** The error that a script's last statement ends with: id, category and message. */
  failure(script: string, host?: string): Promise<string[]>;
  vm(name: string): VirtualMachine;
  readonly fleet: Fleet;
}

export function standInRunner(): StandInRunner {
  const scripts = createScriptRunner();
  let directory: string;
  let fleet: Fleet;
  let drives: SimulatedDrives;
  let answer: AnswerStandIn;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "aetherv-stand-ins-"));
    fleet = createSimulatedFleet({ dataDirectory: directory, seed: "demo", timeFactor: 0 });
    drives = new SimulatedDrives(fleet, join(directory, "drives"));
    answer = createStandInCalls(fleet, drives);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const lines = async (script: string, host = "hv01") => {
    const text = await scripts.text(PROLOGUE + script, {
      drives: drives.drives(host),
      call: async (operation, args) => {
        try {
          return { result: await answer(host, operation, args) };
        } catch (error) {
          if (!(error instanceof StandInError)) throw error;
          const { id, category, message, target } = error;
          return { error: { id, category, message, target } };
        }
      },
    });
    return text.split("\n");
  };
  return {
    lines,
    failure: (script, host) =>
      lines(
        `try { ${script}; 'It did not fail.' } catch { $_.FullyQualifiedErrorId; [string]$_.CategoryInfo.Category; $_.Exception.Message }`,
        host,
      ),
    vm: (name) => {
      for (const host of fleet.hosts.values()) {
        for (const vm of host.vms.values()) if (vm.name === name) return vm;
      }
      throw new Error(`There is no VM ${name}.`);
    },
    get fleet() {
      return fleet;
    },
  };
}
