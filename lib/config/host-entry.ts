import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { HostConfig } from "@/lib/domain/host-config";
import { Secret } from "@/lib/domain/secret";
import type { Environment } from "./environment";
import type { HostEntry } from "./settings";

/** WinRM's HTTPS listener, where the address names no port. */
const WINRM_HTTPS_PORT = 5986;
const ADDRESS = /^https:\/\/(?<host>[0-9a-z.-]+|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?\/?$/i;
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
  return {
    name: entry.name,
    address: listenerOf(entry.address),
    username: entry.username,
    password: new Secret(passwordOf(entry, folder, environment)),
    ca: entry.ca_file === undefined ? null : readCertificates(resolve(folder, entry.ca_file)),
  };
}

function listenerOf(address: string): string {
  const { host, port = String(WINRM_HTTPS_PORT) } = ADDRESS.exec(address)?.groups ?? {};
  const url = host === undefined ? null : `https://${host.toLowerCase()}:${Number(port)}`;
  if (url === null || Number(port) === 0 || !URL.canParse(url)) {
    throw new HostEntryError("address", "must be https://name:5986, without a path or a user name");
  }
  return url;
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

function readCertificates(file: string): string {
  const certificates = readText("ca_file", file).match(CERTIFICATE) ?? [];
  if (certificates.length === 0) {
    throw new HostEntryError("ca_file", `${file} holds no certificate in PEM form`);
  }
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new HostEntryError("ca_file", `${file} holds a certificate that cannot be read`);
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
