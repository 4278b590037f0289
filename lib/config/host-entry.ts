import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { HostConfig } from "@/lib/domain/host-config";
import { Secret } from "@/lib/domain/secret";
import type { Environment } from "./environment";
import type { HostEntry } from "./host-schema";

/** WinRM's listeners, where the address names no port. */
const WINRM_PORTS = { https: 5986, http: 5985 } as const;
const ADDRESS = /^(?<scheme>https?):\/\/(?<host>[0-9a-z.-]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?\/?$/i;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** What is wrong with one key of a host. */
export class HostEntryError extends Error {
  override readonly name = "HostEntryError";
  readonly key: string;

  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

/**
 * Reads what the entry points at. Relative files are looked for in `folder`.
 * @throws HostEntryError naming the key and, where there is one, the file.
 */
export function resolveHost(entry: HostEntry, folder: string, environment: Environment): HostConfig {
  const { name, authentication, username = null, certificate_fingerprint: fingerprint = null } = entry;
  const needsPassword = authentication !== "kerberos" && authentication !== "certificate";
  return {
    name,
    address: listenerOf(entry.address),
    authentication,
    username,
    password: needsPassword ? new Secret(passwordOf(entry, folder, environment)) : null,
    ca: entry.ca_file === undefined ? null : readCertificates("ca_file", resolve(folder, entry.ca_file)),
    fingerprint,
    clientCertificate: clientCertificateOf(entry, folder),
    plaintext: entry.allow_plaintext_that_the_network_can_read_and_change,
  };
}

function listenerOf(address: string): string {
  const { scheme, host, port: given } = ADDRESS.exec(address)?.groups ?? {};
  const lower = scheme?.toLowerCase() === "http" ? "http" : "https";
  const port = Number(given ?? WINRM_PORTS[lower]);
  const url = host === undefined ? null : `${lower}://${host.toLowerCase()}:${port}`;
  if (url === null || port === 0 || !URL.canParse(url)) {
    throw new HostEntryError("address", "must be https://name:5986, without a path or a user name");
  }
  return url;
}

/** @throws HostEntryError where the two files do not belong together. */
function clientCertificateOf(entry: HostEntry, folder: string): HostConfig["clientCertificate"] {
  const { client_certificate_file: certificateFile, client_key_file: keyFile } = entry;
  if (certificateFile === undefined || keyFile === undefined) return null;
  const chain = readCertificates("client_certificate_file", resolve(folder, certificateFile));
  const file = resolve(folder, keyFile);
  const key = readText("client_key_file", file);
  let fits: boolean;
  try {
    fits = new X509Certificate(chain).checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new HostEntryError("client_key_file", `${file} holds no private key in PEM form that can be read`);
  }
  if (!fits)
    throw new HostEntryError("client_key_file", `${file} is not the key of the client's certificate`);
  return { chain, key: new Secret(key) };
}

function passwordOf(entry: HostEntry, folder: string, environment: Environment): string {
  if (entry.password !== undefined) return entry.password;
  if (entry.password_env !== undefined) {
    const password = environment[entry.password_env];
    if (password) return password;
    throw new HostEntryError("password_env", `the variable ${entry.password_env} is not set`);
  }
  const file = resolve(folder, entry.password_file ?? "");
  const password = readText("password_file", file).replace(/\r?\n$/, "");
  if (password === "") throw new HostEntryError("password_file", `${file} is empty`);
  return password;
}

function readCertificates(key: "ca_file" | "client_certificate_file", file: string): string {
  const certificates = readText(key, file).match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new HostEntryError(key, `${file} holds no certificate in PEM form`);
  }
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new HostEntryError(key, `${file} holds a certificate that cannot be read`);
    }
  }
  return certificates.join("\n");
}

function readText(key: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new HostEntryError(key, `cannot read ${file} (${reasonOf(error)})`);
  }
}

/** `ENOENT`, `EACCES` …: the file's name is said already. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
