import path from "node:path";
import { parseArgs } from "node:util";
import type { FleetSize } from "./host/seed-fleet/seed-fleet";
import { CBT_HARDENING_LEVELS, type CbtHardeningLevel } from "./winrm/authentication/cbt-hardening";
import { QUOTA_PRESETS, type QuotaPreset } from "./winrm/quotas";

/** The command line of the simulator. */
export interface SimulatorOptions {
  engine: "node" | "powershell";
  dataDirectory: string;
  agentsDirectory: string;
  timeFactor: number;
  /** 0: any free port. */
  controlPort: number;
  seed: "demo" | "empty" | FleetSize;
  kvpPools: boolean;
  externalGuests: boolean;
  quotas: QuotaPreset;
  channelBinding: CbtHardeningLevel;
  /** After how many seconds without a request a connection no longer knows its client. */
  idleSeconds: number;
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
  --seed demo|empty|fleet
                        what the hosts hold at the start: three hosts with a few VMs, or without any, or as many
                        as --hosts and --vms say (default: demo)
  --hosts <n>           hosts of the fleet, 1 to 250 (default: 20)
  --vms <n>             VMs of the fleet (default: 1000)
  --seed-number <n>     the same number gives the same fleet (default: 1)
  --time-factor <n>     multiplies every simulated duration; 0 does not wait (default: 1)
  --kvp-pools           keep each VM's KVP items as Linux pool files in the data directory
  --external-guests     leave the guests' side of KVP to other programs
  --control-port <n>    port of the control API (default: any)
  --quotas documented|recorded
                        the hosts' WinRM quotas (default: documented)
  --channel-binding none|relaxed|strict
                        whether NTLM over TLS must name the host's certificate: never, where a client names one
                        at all, or always (default: relaxed)
  --idle-seconds <n>    how long a connection without a request knows its client (default: 125)
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
    controlPort: wholeNumber("--control-port", values["control-port"], 65_535),
    seed: seed(values),
    kvpPools: values["kvp-pools"],
    externalGuests: values["external-guests"],
    quotas: choice("--quotas", values.quotas, Object.keys(QUOTA_PRESETS) as QuotaPreset[]),
    channelBinding: choice("--channel-binding", values["channel-binding"], [...CBT_HARDENING_LEVELS]),
    idleSeconds: number("--idle-seconds", values["idle-seconds"], 86_400),
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
        hosts: { type: "string" },
        vms: { type: "string" },
        "seed-number": { type: "string" },
        "time-factor": { type: "string", default: "1" },
        "kvp-pools": { type: "boolean", default: false },
        "external-guests": { type: "boolean", default: false },
        "control-port": { type: "string", default: "0" },
        quotas: { type: "string", default: "documented" },
        "channel-binding": { type: "string", default: "relaxed" },
        "idle-seconds": { type: "string", default: "125" },
        "exit-with-parent": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function seed(values: ReturnType<typeof parse>): SimulatorOptions["seed"] {
  const chosen = choice("--seed", values.seed, ["demo", "empty", "fleet"]);
  if (chosen === "fleet") {
    return {
      hosts: Math.max(1, wholeNumber("--hosts", values.hosts ?? "20", 250)),
      vms: wholeNumber("--vms", values.vms ?? "1000", 100_000),
      seedNumber: wholeNumber("--seed-number", values["seed-number"] ?? "1", 2 ** 32 - 1),
    };
  }
  for (const flag of ["hosts", "vms", "seed-number"] as const) {
    if (values[flag] !== undefined) throw new UsageError(`--${flag} goes with --seed fleet alone.`);
  }
  return chosen;
}

function wholeNumber(flag: string, given: string, largest: number): number {
  return Math.floor(number(flag, given, largest));
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
