import path from "node:path";
import { parseArgs } from "node:util";
import { QUOTA_PRESETS, type QuotaPreset } from "./winrm/quotas";

/** The command line of the simulator. */
export interface SimulatorOptions {
  engine: "node" | "powershell";
  dataDirectory: string;
  agentsDirectory: string;
  timeFactor: number;
  /** 0: any free port. */
  controlPort: number;
  seed: "demo" | "empty";
  kvpPools: boolean;
  externalGuests: boolean;
  quotas: QuotaPreset;
  exitWithParent: boolean;
}

/** A mistake on the command line; the message names the flag. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `Usage: tsx simulator/main.ts --data <dir> [options]

Simulated Hyper-V hosts on loopback. Prints one line of JSON when they listen.

  --data <dir>          where the hosts keep their certificates, accounts and pool files
  --engine node|powershell
                        what runs the agents: a stand-in for them, or PowerShell itself (default: node)
  --agents <dir>        the agents' scripts (default: agents)
  --seed demo|empty     what the hosts hold at the start (default: demo)
  --time-factor <n>     multiplies every simulated duration; 0 does not wait (default: 1)
  --kvp-pools           keep each VM's KVP items as Linux pool files in the data directory
  --external-guests     leave the guests' side of KVP to other programs
  --control-port <n>    port of the control API (default: any)
  --quotas documented|recorded
                        the hosts' WinRM quotas (default: documented)
  --exit-with-parent    end when the process that started this one ends
  --help                show this
`;

/** Reads the arguments after the script's name; null for `--help`. Throws {@link UsageError}. */
export function readOptions(args: string[]): SimulatorOptions | null {
  const values = parse(args);
  if (values.help) return null;
  if (values.data === undefined)
    throw new UsageError("--data is missing: name the folder for the hosts' files.");
  return {
    engine: choice("--engine", values.engine, ["node", "powershell"]),
    dataDirectory: path.resolve(values.data),
    agentsDirectory: path.resolve(values.agents),
    timeFactor: number("--time-factor", values["time-factor"], 1000),
    controlPort: Math.floor(number("--control-port", values["control-port"], 65_535)),
    seed: choice("--seed", values.seed, ["demo", "empty"]),
    kvpPools: values["kvp-pools"],
    externalGuests: values["external-guests"],
    quotas: choice("--quotas", values.quotas, Object.keys(QUOTA_PRESETS) as QuotaPreset[]),
    exitWithParent: values["exit-with-parent"],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        data: { type: "string" },
        engine: { type: "string", default: "node" },
        agents: { type: "string", default: "agents" },
        seed: { type: "string", default: "demo" },
        "time-factor": { type: "string", default: "1" },
        "kvp-pools": { type: "boolean", default: false },
        "external-guests": { type: "boolean", default: false },
        "control-port": { type: "string", default: "0" },
        quotas: { type: "string", default: "documented" },
        "exit-with-parent": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function choice<Value extends string>(flag: string, given: string, allowed: Value[]): Value {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${flag} takes ${allowed.join(" or ")}, not "${given}".`);
  return found;
}

function number(flag: string, given: string, largest: number): number {
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (!(value >= 0 && value <= largest)) {
    throw new UsageError(`${flag} takes a number from 0 to ${largest}, not "${given}".`);
  }
  return value;
}
