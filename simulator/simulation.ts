import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Accounts } from "./accounts";
import { WindowsCommands } from "./commands/windows-commands";
import { ControlServer } from "./control/control-server";
import type { SimulatorOptions } from "./options";
import type { CreateSimulatedHosts } from "./simulated-hosts";
import { issueServerCertificate, openAuthority } from "./tls/certificates";
import { WinrmEndpoint } from "./winrm/endpoint";
import { QUOTA_PRESETS } from "./winrm/quotas";

/** What the simulator prints when it listens. */
export interface Announcement {
  hosts: AnnouncedHost[];
  /** Each host's listener for plain HTTP, by its name. */
  http_addresses: Record<string, string>;
  /** The control API. */
  control: string;
  /** A configuration file of AetherV for these hosts. */
  config_file: string;
}

export interface AnnouncedHost {
  name: string;
  address: string;
  username: string;
  password: string;
  ca_file: string;
}

export interface Simulation {
  announcement: Announcement;
  close(): Promise<void>;
}

/** Starts the hosts, their endpoints and the control API; each of them listens when this resolves. */
export async function startSimulation(
  options: SimulatorOptions,
  createHosts: CreateSimulatedHosts,
): Promise<Simulation> {
  const { dataDirectory } = options;
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const hosts = await createHosts(options);
  const engine = new WindowsCommands(hosts.engine);
  const authority = await openAuthority(dataDirectory);
  const accounts = new Accounts(dataDirectory);

  const service = { cbtHardeningLevel: options.channelBinding, idleMs: options.idleSeconds * 1000 };
  const endpoints = new Map<string, WinrmEndpoint>();
  for (const host of hosts.names) {
    const { port, http_port, ...credentials } = accounts.get(host);
    const certificate = await issueServerCertificate(authority, host);
    const quotas = QUOTA_PRESETS[options.quotas];
    const endpoint = new WinrmEndpoint({ host, certificate, credentials, engine, quotas, service });
    await endpoint.powerOn(port, http_port);
    accounts.setPorts(host, endpoint.port, endpoint.httpPort);
    endpoints.set(host, endpoint);
  }
  accounts.save();

  const control = new ControlServer(hosts, endpoints);
  await control.listen(options.controlPort);

  const announced = [...endpoints].map(([name, endpoint]) => {
    const { username, password } = accounts.get(name);
    return { name, address: endpoint.address, username, password, ca_file: authority.file };
  });
  const configFile = path.join(dataDirectory, "aetherv.config.json");
  writeFileSync(configFile, `${JSON.stringify({ hosts: announced }, null, 2)}\n`, { mode: 0o600 });

  return {
    announcement: {
      hosts: announced,
      http_addresses: Object.fromEntries(
        [...endpoints].map(([name, { httpAddress }]) => [name, httpAddress]),
      ),
      control: control.address,
      config_file: configFile,
    },
    async close() {
      await control.close();
      await Promise.all([...endpoints.values()].map((endpoint) => endpoint.powerOff()));
      await hosts.close();
    },
  };
}
