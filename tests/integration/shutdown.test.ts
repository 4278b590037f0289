import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startServer } from "@/lib/server";
import { eventually } from "@/tests/support/eventually";
import { SimulatorProcess } from "@/tests/support/simulator-process";

it("a server with warm processes ends them, with their shells, when it shuts down", async () => {
  const simulator = await SimulatorProcess.start();
  const folder = mkdtempSync(join(tmpdir(), "aetherv-shutdown-"));
  const file = join(folder, "aetherv.config.json");
  const config = { ...simulator.configuration(), winrm: { warm_processes: true }, log: { level: "error" } };
  writeFileSync(file, JSON.stringify(config));
  process.env.AETHERV_CONFIG = file;
  const openShells = async () => {
    const wires = await Promise.all(simulator.hosts.map(({ name }) => simulator.wire(name)));
    return wires.map(({ open_shells }) => open_shells);
  };
  try {
    const server = startServer();
    await eventually(() => server.ready(), "the hosts to be read");
    expect(await openShells()).toEqual(simulator.hosts.map(() => 1));
    await server.shutDown(1_000);
    expect(await openShells()).toEqual(simulator.hosts.map(() => 0));
  } finally {
    delete process.env.AETHERV_CONFIG;
    rmSync(folder, { recursive: true });
    await simulator.stop();
  }
});
