/**
 * `npm run demo`: three simulated Hyper-V hosts and the application that manages them, from a fresh clone.
 * Honours PORT (default 3000). Prints `Ready: <url>` when the application can be used; Ctrl-C ends all of it.
 * `-- --engine powershell` lets a real PowerShell engine run the agents; that needs the .NET SDK.
 */
import { createServer } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ProcessSet } from "./support/processes.mjs";
import { ensureBuilt, ensureEngineBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { dotnetProblem, nodeVersionProblem } from "./support/requirements.mjs";
import { logPath, startSimulatedStack } from "./support/simulated-stack.mjs";

/** A deployment on a real host takes minutes; this part of that shows every step and bores nobody. */
const TIME_FACTOR = process.env.AETHERV_DEMO_TIME_FACTOR ?? "0.15";
/** The waits of the guest's handshake, shortened to match (seconds). */
const INITIALIZATION = { poll_seconds: 1, propagation_seconds: 4 };

const { engine } = parseArgs({ options: { engine: { type: "string", default: "node" } } }).values;
const port = Number(process.env.PORT ?? 3000);
const url = `http://localhost:${port}`;
const dataDir = join(ROOT, ".demo", String(port));
const processes = new ProcessSet((name, code) =>
  fail(`The ${name} ended with exit code ${code}. Its log: ${logPath(dataDir, name)}`),
);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
// npm hands a signal to its shell, and the shell ends without handing it on.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(), 500).unref();

try {
  await main();
} catch (error) {
  await fail(error.message);
}

async function main() {
  const problem = nodeVersionProblem() ?? (engine === "powershell" ? dotnetProblem() : null);
  if (problem) throw new Error(problem);
  await assertPortIsFree();
  await ensureInstalled();
  await ensureBuilt();
  if (engine === "powershell") await ensureEngineBuilt();
  await startSimulatedStack(processes, {
    dataDir,
    port,
    simulator: ["--engine", engine, "--seed", "demo", "--time-factor", TIME_FACTOR],
    settings: { initialization: INITIALIZATION },
  });
  console.log(`Ready: ${url}`);
  console.log(
    "Three simulated hosts: hv01 and hv02 form a cluster, hv03 stands alone. Ctrl-C ends the demo.",
  );
}

async function assertPortIsFree() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is not a port number: ${process.env.PORT}`);
  }
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(new Error(`Port ${port} is in use: choose another one with PORT=3001 npm run demo.`)),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(resolve));
  });
}

async function stop() {
  await processes.stop();
  process.exit(0);
}

async function fail(sentence) {
  console.error(sentence);
  await processes.stop();
  process.exit(1);
}
