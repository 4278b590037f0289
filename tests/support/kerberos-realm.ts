import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const REALM = "AETHERV.TEST";

/**
 * A realm of its own with a real KDC (Debian's krb5-kdc) on a port of the loopback interface, as long as the test
 * lasts. `localhost` belongs to it. Nothing of the machine's own Kerberos is read or written.
 */
export class KerberosRealm {
  readonly #folder: string;
  readonly #kdc: ChildProcess;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(folder: string, kdc: ChildProcess, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#kdc = kdc;
    this.#environment = environment;
  }

  static async start(): Promise<KerberosRealm> {
    const folder = mkdtempSync(join(tmpdir(), "aetherv-kdc-"));
    const port = await freeUdpPort();
    const file = (name: string) => join(folder, name);
    writeFileSync(
      file("krb5.conf"),
      [
        "[libdefaults]",
        `default_realm = ${REALM}`,
        "dns_lookup_kdc = false",
        "dns_lookup_realm = false",
        "dns_canonicalize_hostname = false",
        "rdns = false",
        "udp_preference_limit = 100000",
        "[realms]",
        `${REALM} = {`,
        `kdc = 127.0.0.1:${port}`,
        "}",
        "[domain_realm]",
        `localhost = ${REALM}`,
      ].join("\n"),
    );
    writeFileSync(
      file("kdc.conf"),
      [
        "[kdcdefaults]",
        `kdc_listen = 127.0.0.1:${port}`,
        `kdc_tcp_listen = ""`,
        "[realms]",
        `${REALM} = {`,
        `database_name = ${file("principal")}`,
        `key_stash_file = ${file("stash")}`,
        "max_life = 1h",
        "}",
        "[logging]",
        `kdc = FILE:${file("kdc.log")}`,
      ].join("\n"),
    );
    const environment = {
      KRB5_CONFIG: file("krb5.conf"),
      KRB5_KDC_PROFILE: file("kdc.conf"),
      KRB5CCNAME: `FILE:${file("tickets")}`,
      KRB5_KTNAME: file("host.keytab"),
      KRB5_CLIENT_KTNAME: file("client.keytab"),
      KRB5RCACHETYPE: "none",
    };
    const env = { ...process.env, ...environment };
    execFileSync(
      "/usr/sbin/kdb5_util",
      ["create", "-s", "-r", REALM, "-P", randomBytes(12).toString("hex")],
      {
        env,
        stdio: "ignore",
      },
    );
    const kdc = spawn("/usr/sbin/krb5kdc", ["-n"], { env, stdio: ["ignore", "pipe", "pipe"] });
    const realm = new KerberosRealm(folder, kdc, environment);
    await isReady(kdc);
    return realm;
  }

  /** What a process needs to live in the realm: its KDC, its tickets, its keys. */
  get environment(): Readonly<Record<string, string>> {
    return this.#environment;
  }

  principal(name: string): string {
    return `${name}@${REALM}`;
  }

  /** A service whose key the host holds in its keytab. */
  addService(name: string): void {
    this.#admin(`addprinc -randkey ${name}`);
    this.#admin(`ktadd -k ${this.#environment.KRB5_KTNAME} ${name}`);
  }

  /** An account whose key the client holds in its keytab. */
  addUser(name: string): void {
    this.#admin(`addprinc -randkey ${name}`);
    this.#admin(`ktadd -k ${this.#environment.KRB5_CLIENT_KTNAME} ${name}`);
  }

  /** The host's key is another from now on; its keytab still has the former one. */
  changeKey(name: string): void {
    this.#admin(`cpw -randkey ${name}`);
  }

  /** Every ticket that the client has is gone. */
  forgetTickets(): void {
    rmSync(join(this.#folder, "tickets"), { force: true });
  }

  async stop(): Promise<void> {
    this.#kdc.kill();
    if (this.#kdc.exitCode === null) await once(this.#kdc, "exit");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #admin(query: string): void {
    execFileSync("/usr/sbin/kadmin.local", ["-r", REALM, "-q", query], {
      env: { ...process.env, ...this.#environment },
      stdio: "pipe",
    });
  }
}

/** Until it says that it takes requests. */
async function isReady(kdc: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => chunk.includes("starting") && resolve();
    kdc.stdout?.on("data", read);
    kdc.stderr?.on("data", read);
    kdc.once("exit", (code) => reject(new Error(`krb5kdc ended with ${code}`)));
  });
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}
