import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { eventually, Hopeless } from "@/tests/support/eventually";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let demo: ChildProcess | null = null;
afterEach(() => {
  if (demo?.exitCode === null && demo.signalCode === null && demo.pid !== undefined)
    process.kill(-demo.pid, "SIGKILL");
});

/** As in a terminal: a process group of its own, to which Ctrl-C goes as a whole. */
function startDemo(port: number): { child: ChildProcess; output: () => string } {
  let text = "";
  const child = spawn("npm", ["run", "demo"], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), AETHERV_DEMO_TIME_FACTOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  demo = child;
  return { child, output: () => text };
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

async function listening(): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

describe("npm run demo", () => {
  it("says when it is ready, serves the simulated hosts, and ends all it started on Ctrl-C", async () => {
    const server = await listening();
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const { child, output } = startDemo(port);
    const url = `http://localhost:${port}`;
    await eventually(
      () => {
        if (child.exitCode !== null) throw new Hopeless(output());
        return output().includes(`Ready: ${url}\n`);
      },
      "the demo to be ready",
      120_000,
    );
    const { mode } = statSync(join(ROOT, ".demo", String(port)));
    expect(mode & 0o077, "what others may do with the folder of logs and passwords").toBe(0);
    const { hosts } = (await (await fetch(`${url}/api/v1/hosts`)).json()) as {
      hosts: { name: string; state: string; address: string }[];
    };
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ["hv01", "online"],
      ["hv02", "online"],
      ["hv03", "online"],
    ]);

    const exited = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-(child.pid ?? 0), "SIGINT");
    await exited;
    await eventually(async () => !(await answers(url)), "the application to have ended");
    for (const { name, address } of hosts) {
      const refused = fetch(address).catch((error: Error) => (error.cause as { code?: string }).code);
      expect(await refused, `${name} has ended`).toBe("ECONNREFUSED");
    }
  }, 180_000);

  it("names a port that is in use, and starts nothing", async () => {
    const taken = await listening();
    const { child, output } = startDemo(portOf(taken));
    await new Promise((resolve) => child.once("exit", resolve));
    expect(child.exitCode).toBe(1);
    expect(output()).toContain(`Port ${portOf(taken)} is in use`);
    await new Promise((resolve) => taken.close(resolve));
  });
});
