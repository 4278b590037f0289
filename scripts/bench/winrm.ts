/**
 * This project's WinRM client beside pywinrm, against the same simulated hosts in one run. Each client works in a
 * process of its own, each task in a new one, the clients by turns; the hosts are a third process. What counts are the
 * ratios: the machine is the same for both. Round trips are the HTTP requests that the hosts received.
 */
import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { PYTHON } from "../support/requirements.mjs";
import { median, milliseconds, row } from "./figures";
import type { Announcement, Requests } from "./winrm/endpoint";
import type { Task, TaskResult } from "./winrm/tasks";

const ROUNDS = 3;
const HOSTS = 100;
const USERNAME = "AETHERV";
const PASSWORD = "correct horse";
const MB = 1_000_000;
const HERE = join(import.meta.dirname, "winrm");

const CLIENTS = ["aetherv", "pywinrm"] as const;
type ClientName = (typeof CLIENTS)[number];
type Programs = Record<ClientName, [file: string, ...args: string[]]>;

interface Measurement {
  label: string;
  task: Pick<Task, "scenario"> & Partial<Task>;
  /** Requests that count for each run; undefined: all of them. */
  counted?: readonly string[];
  /** What pywinrm does instead of a task that it cannot do. */
  instead?: Pick<Task, "scenario">;
  showsMemory?: boolean;
}

const IN_SHELL = ["Command", "Send", "Receive", "Signal"];
const MEASUREMENTS: Measurement[] = [
  { label: "a command, cold: Basic in TLS", task: { scenario: "cold", count: 40 }, showsMemory: true },
  { label: "a command, cold: NTLM, sealed", task: { scenario: "cold", count: 40, authentication: "ntlm" } },
  {
    label: "a command in an open shell",
    task: { scenario: "command", count: 200 },
    counted: IN_SHELL,
  },
  {
    label: "an answer of a running process *",
    task: { scenario: "warm", count: 200 },
    counted: ["Send", "Receive"],
    instead: { scenario: "command" },
  },
  { label: "1 MB of stdin", task: { scenario: "stdin", bytes: MB }, counted: IN_SHELL, showsMemory: true },
  {
    label: "50 MB of stdout",
    task: { scenario: "stdout", bytes: 50 * MB },
    counted: IN_SHELL,
    showsMemory: true,
  },
  { label: `a command on ${HOSTS} hosts at once`, task: { scenario: "hosts" }, showsMemory: true },
];

/** What one client needed for one measurement; null: it cannot do that. */
interface Figures {
  milliseconds: number;
  roundTrips: number;
  peakBytes: number;
}

async function startHosts(): Promise<{ hosts: ChildProcess; announcement: Announcement }> {
  const args = [String(HOSTS), USERNAME, PASSWORD];
  const hosts = fork(join(HERE, "endpoint.ts"), args, { execArgv: ["--import", "tsx"] });
  const [announcement] = (await once(hosts, "message")) as [Announcement];
  return { hosts, announcement };
}

async function requestsSince(hosts: ChildProcess): Promise<Requests> {
  hosts.send("requests");
  const [requests] = (await once(hosts, "message")) as [Requests];
  return requests;
}

function run([file, ...args]: Programs[ClientName], task: Task): Promise<TaskResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(text) as TaskResult);
      else reject(new Error(`${file} ${task.scenario} ended with ${code}.`));
    });
    child.stdin.end(JSON.stringify(task));
  });
}

function taskOf({ task, instead }: Measurement, client: ClientName, { https, http, ca }: Announcement): Task {
  const authentication = task.authentication ?? "basic";
  const urls = authentication === "basic" ? https : http;
  const given = { authentication, username: USERNAME, password: PASSWORD, ca, count: 1, bytes: 0, ...task };
  return { ...given, ...(client === "pywinrm" ? instead : {}), urls };
}

async function measure(
  measurement: Measurement,
  programs: Programs,
  hosts: ChildProcess,
  announcement: Announcement,
): Promise<Record<ClientName, Figures | null>> {
  const rounds: Record<ClientName, Figures[]> = { aetherv: [], pywinrm: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const client of CLIENTS) {
      const task = taskOf(measurement, client, announcement);
      const { times, peakBytes } = await run(programs[client], task);
      const requests = await requestsSince(hosts);
      if (times === null) continue;
      const counted = client === "pywinrm" && measurement.instead ? IN_SHELL : measurement.counted;
      const seen = Object.entries(requests).filter(([name]) => counted?.includes(name) ?? true);
      const total = seen.reduce((sum, [, count]) => sum + count, 0);
      const runs = task.scenario === "hosts" ? HOSTS : times.length;
      rounds[client].push({
        milliseconds: median(times),
        roundTrips: total / runs,
        peakBytes,
      });
    }
  }
  return { aetherv: middle(rounds.aetherv), pywinrm: middle(rounds.pywinrm) };
}

function middle(rounds: Figures[]): Figures | null {
  if (rounds.length === 0) return null;
  const of = (figure: keyof Figures) => median(rounds.map((round) => round[figure]));
  return { milliseconds: of("milliseconds"), roundTrips: of("roundTrips"), peakBytes: of("peakBytes") };
}

interface Verdict {
  label: string;
  /** How many times what ours needs pywinrm needs; undefined: one of them cannot do it. */
  ratio: number | undefined;
}

/** Prints one line of the table. */
function compare(
  label: string,
  figures: Record<ClientName, Figures | null>,
  figure: keyof Figures,
  show: (value: number) => string,
): Verdict {
  const [ours, theirs] = [figures.aetherv?.[figure], figures.pywinrm?.[figure]];
  const cell = (value: number | undefined) => (value === undefined ? "no way to do it" : show(value));
  const ratio = ours === undefined || theirs === undefined ? undefined : theirs / ours;
  console.log(row(label, cell(ours), cell(theirs), ratio === undefined ? "" : `× ${ratio.toFixed(2)}`));
  return { label, ratio };
}

function conclude(verdicts: readonly Verdict[]): void {
  const where = (holds: (ratio: number) => boolean) =>
    verdicts.filter(({ ratio }) => ratio !== undefined && holds(ratio)).map(({ label }) => label);
  const [level, behind] = [where((ratio) => ratio === 1), where((ratio) => ratio < 1)];
  if (level.length > 0) console.log(`Level in: ${level.join("; ")}.`);
  console.log(behind.length > 0 ? `Ours is behind in: ${behind.join("; ")}.` : "Ours is behind in none.");
}

/** What the languages themselves take, before a client does anything. */
function bareRuntimes(): string {
  const node = spawnSync(process.execPath, ["-p", "process.resourceUsage().maxRSS"], { encoding: "utf8" });
  const script = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)";
  const python = spawnSync(PYTHON, ["-c", script], { encoding: "utf8" });
  const [ours, theirs] = [node, python].map(({ stdout }) => memory(Number(stdout) * 1024));
  return `Of the memory, Node alone takes ${ours}, Python alone ${theirs}.`;
}

const time = (value: number) => `${milliseconds(value)} ms`;
const memory = (value: number) => `${Math.round(value / MB)} MB`;
const trips = (value: number) => String(Math.round(value * 100) / 100);

async function main(programs: Programs): Promise<void> {
  const { hosts, announcement } = await startHosts();
  console.log(`${cpus().length} processors; the median of ${ROUNDS} rounds.`);
  console.log("The ratio says how many times what ours needs pywinrm needs.\n");
  console.log(row("", "ours", "pywinrm", "ratio"));
  const verdicts: Verdict[] = [];
  for (const measurement of MEASUREMENTS) {
    const figures = await measure(measurement, programs, hosts, announcement);
    const { label, showsMemory } = measurement;
    verdicts.push(compare(label, figures, "milliseconds", time));
    verdicts.push(compare(`${label}: round trips`, figures, "roundTrips", trips));
    if (showsMemory) verdicts.push(compare(`${label}: memory`, figures, "peakBytes", memory));
  }
  hosts.disconnect();
  console.log(`\n${bareRuntimes()}`);
  console.log("* pywinrm cannot talk to a process that runs: there it is a command in an open shell.");
  console.log("masterzen/winrm is not measured: it needs a Go compiler and is not part of this bench.");
  conclude(verdicts);
}

const directory = mkdtempSync(join(tmpdir(), "aetherv-bench-"));
try {
  const outfile = join(directory, "client.cjs");
  // As the application is run: compiled beforehand, without a compiler in the process that is measured.
  await build({
    entryPoints: [join(HERE, "aetherv-client.ts")],
    bundle: true,
    platform: "node",
    external: ["kerberos"],
    outfile,
  });
  await main({
    aetherv: [process.execPath, outfile],
    pywinrm: [PYTHON, join(HERE, "pywinrm-client.py")],
  });
} finally {
  rmSync(directory, { recursive: true });
}
