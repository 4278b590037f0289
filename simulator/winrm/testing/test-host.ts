import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Engine } from "../../engine";
import { issueServerCertificate, openAuthority } from "../../tls/certificates";
import { type EndpointOptions, WinrmEndpoint } from "../endpoint";
import { QUOTA_PRESETS, type Quotas } from "../quotas";
import { NegotiatedClient } from "./negotiated-client";
import { NtlmClient, type NtlmOptions } from "./ntlm-client";
import { RawClient } from "./raw-client";

const credentials = { username: "AETHERV", password: "correct horse" };

/** One endpoint with an engine of the test, and a client for it. */
export interface TestHost {
  endpoint: WinrmEndpoint;
  client: RawClient;
  credentials: typeof credentials;
  /** The host's own certificate, as PEM. */
  certificate: string;
  /** The file with the certificate of the host's authority. */
  caFile: string;
  /** A client with one connection, which is not authenticated yet; whatever is not named is right. */
  negotiatedClient(scheme?: "http" | "https", options?: Partial<NtlmOptions>): NegotiatedClient;
  /** A client with its own connections. */
  newClient(password?: string, username?: string): RawClient;
  close(): Promise<void>;
}

export async function startTestHost(
  engine: Engine,
  quotas: Quotas = QUOTA_PRESETS.documented,
  options: Pick<EndpointOptions, "accounts" | "service"> = {},
): Promise<TestHost> {
  const directory = mkdtempSync(path.join(tmpdir(), "aetherv-winrm-"));
  const authority = await openAuthority(directory);
  const certificate = await issueServerCertificate(authority, "hv01");
  const endpoint = new WinrmEndpoint({ host: "hv01", certificate, credentials, engine, quotas, ...options });
  await endpoint.powerOn(0);
  const ca = readFileSync(authority.file, "utf8");
  const clients: { close(): void }[] = [];
  const newClient = (password = credentials.password, username = credentials.username) => {
    const client = new RawClient({ port: endpoint.port, username, password, ca });
    clients.push(client);
    return client;
  };
  return {
    endpoint,
    credentials,
    caFile: authority.file,
    certificate: certificate.cert,
    client: newClient(),
    negotiatedClient(scheme = "https", options = {}) {
      const { username: user, password } = credentials;
      const url = scheme === "https" ? endpoint.address : endpoint.httpAddress;
      const client = new NegotiatedClient(url, ca, new NtlmClient({ user, password, ...options }));
      clients.push(client);
      return client;
    },
    newClient,
    async close() {
      for (const client of clients) client.close();
      await endpoint.powerOff();
      rmSync(directory, { recursive: true });
    },
  };
}
