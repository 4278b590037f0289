import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { issueServerCertificate, openAuthority } from "./certificates";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "aetherv-tls-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function openssl(...args: string[]): string {
  return execFileSync("openssl", args, {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

test("openssl verifies a host's certificate strictly, for each of its names and no other", async () => {
  const { cert } = await issueServerCertificate(await openAuthority(directory), "hv01");
  writeFileSync(path.join(directory, "server.pem"), cert);
  const verify = (...args: string[]) =>
    openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.pem", ...args, "server.pem");
  for (const name of ["localhost", "hv01"]) expect(verify("-verify_hostname", name)).toContain("OK");
  expect(verify("-verify_ip", "127.0.0.1")).toContain("OK");
  expect(() => verify("-verify_hostname", "hv02")).toThrow();
});

test("the authority outlives a restart, and its key is private", async () => {
  const first = await openAuthority(directory);
  const second = await openAuthority(directory);
  expect(second.certificate.toString("pem")).toBe(first.certificate.toString("pem"));
  expect(statSync(path.join(directory, "ca-key.pem")).mode & 0o777).toBe(0o600);
});

test("an authority whose key is another one's is replaced", async () => {
  await openAuthority(directory);
  const before = readFileSync(path.join(directory, "ca.pem"), "utf8");
  writeFileSync(
    path.join(directory, "ca-key.pem"),
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
  );
  const { cert } = await issueServerCertificate(await openAuthority(directory), "hv01");
  expect(readFileSync(path.join(directory, "ca.pem"), "utf8")).not.toBe(before);
  writeFileSync(path.join(directory, "server.pem"), cert);
  expect(openssl("verify", "-CAfile", "ca.pem", "server.pem")).toContain("OK");
});
