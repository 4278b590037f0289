import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { firstLine } from "./processes.mjs";
import { ROOT } from "./project.mjs";

/** Where a process of the stack writes what it has to say. */
export function logPath(dataDir, name) {
  return join(dataDir, `${name}.log`);
}

/**
 * Starts simulated hosts and the built application that manages them, as members of `processes` named
 * "simulator" and "application"; resolves when the application is ready.
 * `dataDir` is emptied. `simulator` holds flags of `simulator/main.ts`; `settings` go into the configuration
 * beside the hosts. Gives the application's address and that of the simulator's control API.
 */
export async function startSimulatedStack(processes, { dataDir, port, simulator, settings = {} }) {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { control, configFile } = await startSimulator(processes, dataDir, simulator);
  const config = JSON.parse(readFileSync(configFile, "utf8"));
  writeFileSync(configFile, JSON.stringify({ ...config, ...settings }, null, 2), { mode: 0o600 });

  const log = openSync(logPath(dataDir, "application"), "a");
  processes.start("application", process.execPath, [join(ROOT, "scripts", "start.mjs")], {
    cwd: ROOT,
    stdio: ["ignore", log, log],
    env: { ...process.env, PORT: String(port), AETHERV_CONFIG: configFile },
  });
  const url = `http://localhost:${port}`;
  await untilReady(url);
  return { url, control, configFile };
}

/** Starts simulated hosts alone; resolves when they listen, with the configuration file that names them. */
export async function startSimulator(processes, dataDir, flags) {
  const child = processes.start(
    "simulator",
    process.execPath,
    [
      ...["--import", "tsx", join(ROOT, "simulator", "main.ts")],
      ...["--data", dataDir, "--control-port", "0", "--exit-with-parent", ...flags],
    ],
    { cwd: ROOT, stdio: ["ignore", "pipe", openSync(logPath(dataDir, "simulator"), "a")] },
  );
  const { control } = await firstLine(child.stdout, (line) =>
    line.startsWith("{") ? JSON.parse(line) : undefined,
  );
  return { control, configFile: join(dataDir, "aetherv.config.json") };
}

async function untilReady(url) {
  for (;;) {
    const ready = await fetch(`${url}/api/v1/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A port on the loopback interface that nobody uses at the moment. */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
