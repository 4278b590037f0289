import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "./config";
import { ConfigError } from "./config/config-error";

const HOST = {
  name: "hv01",
  address: "https://hv01.example.com:5986",
  username: "aetherv",
  password: "pa55",
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aetherv-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

const problemsOfHosts = (...hosts: unknown[]) => {
  write("aetherv.config.json", { hosts });
  return problemsOf(() => loadConfig({}, folder)).map((problem) => problem.replace(`${folder}/`, ""));
};

describe("where values come from", () => {
  it("takes a switch from the environment, and nothing else than true and false for it", () => {
    const variable = "AETHERV_WINRM_WARM_PROCESSES";
    expect(loadConfig({ [variable]: "false" }, folder).winrm.warm_processes).toBe(false);
    expect(loadConfig({ [variable]: "true" }, folder).winrm.warm_processes).toBe(true);
    expect(() => loadConfig({ [variable]: "no" }, folder)).toThrow(`${variable}: must be true or false`);
  });

  it("starts without any configuration, with no hosts", () => {
    const config = loadConfig({}, folder);
    expect(config.hosts).toEqual([]);
    expect(config.file).toBeNull();
    expect(config.jobs.retained).toBe(500);
    expect(config.paths).toEqual({ schemas: join(folder, "schemas"), agents: join(folder, "agents") });
  });

  it("reads aetherv.config.json of the folder", () => {
    const file = write("aetherv.config.json", { hosts: [HOST], jobs: { retained: 7 } });
    const config = loadConfig({}, folder);
    expect(config.file).toBe(file);
    expect(config.jobs.retained).toBe(7);
    expect(config.jobs.queued_limit).toBe(1_000);
    expect(config.hosts).toMatchObject([
      { name: "hv01", address: HOST.address, username: "aetherv", ca: null },
    ]);
    expect(config.hosts[0]?.password?.reveal()).toBe("pa55");
  });

  it("reads the file that AETHERV_CONFIG names instead", () => {
    write("aetherv.config.json", { jobs: { retained: 7 } });
    write("other.json", { jobs: { retained: 8 } });
    expect(loadConfig({ AETHERV_CONFIG: "other.json" }, folder).jobs.retained).toBe(8);
  });

  it("prefers the environment to the file, key by key", () => {
    write("aetherv.config.json", { hosts: [HOST], jobs: { retained: 7, queued_limit: 9 } });
    const config = loadConfig({ AETHERV_JOBS_RETAINED: "11", AETHERV_LOG_LEVEL: "debug" }, folder);
    expect(config.jobs).toMatchObject({ retained: 11, queued_limit: 9 });
    expect(config.log.level).toBe("debug");
    expect(config.hosts).toHaveLength(1);
  });

  it("keeps a version a text although it looks like a number", () => {
    const environment = { AETHERV_INITIALIZATION_META_VERSION: "1.0" };
    expect(loadConfig(environment, folder).initialization.meta_version).toBe("1.0");
  });

  it("takes hosts from the environment", () => {
    const environment = {
      AETHERV_HOSTS: JSON.stringify([{ ...HOST, password: undefined, password_env: "HV01_PASSWORD" }]),
      HV01_PASSWORD: "from the environment",
    };
    expect(loadConfig(environment, folder).hosts[0]?.password?.reveal()).toBe("from the environment");
  });

  it("lets password_env name a variable that begins like a setting", () => {
    const environment = {
      AETHERV_HOSTS: JSON.stringify([{ ...HOST, password: undefined, password_env: "AETHERV_HOSTS_PW" }]),
      AETHERV_HOSTS_PW: "x",
    };
    expect(loadConfig(environment, folder).hosts).toHaveLength(1);
  });

  it("looks for relative files beside the configuration file", () => {
    mkdirSync(join(folder, "etc"));
    execFileSync("openssl", [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "1",
      ],
      ...["-subj", "/CN=ca", "-keyout", join(folder, "etc/key.pem"), "-out", join(folder, "etc/ca.pem")],
    ]);
    write("etc/password", "pass word \n");
    const host = { ...HOST, password: undefined, password_file: "password", ca_file: "ca.pem" };
    write("etc/aetherv.json", { hosts: [host], paths: { schemas: "my-schemas" } });
    const config = loadConfig({ AETHERV_CONFIG: "etc/aetherv.json" }, folder);
    expect(config.hosts[0]?.password?.reveal()).toBe("pass word ");
    expect(config.hosts[0]?.ca).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(config.paths.schemas).toBe(join(folder, "etc/my-schemas"));
  });

  it("completes an address without a port", () => {
    write("aetherv.config.json", { hosts: [{ ...HOST, address: "https://HV01.example.com/" }] });
    expect(loadConfig({}, folder).hosts[0]?.address).toBe("https://hv01.example.com:5986");
  });
});

describe("mistakes", () => {
  it.each([
    ["an unknown section", { job: {} }, "job: there is no such setting"],
    ["an unknown key", { jobs: { retaind: 1 } }, "jobs.retaind: there is no such setting"],
    ["a wrong type", { jobs: { retained: "7" } }, "jobs.retained: must be a number"],
    ["a fraction", { jobs: { retained: 1.5 } }, "jobs.retained: must be a whole number"],
    ["too small", { jobs: { retained: 0 } }, "jobs.retained: must be at least 1"],
    ["too large", { jobs: { mutations_per_host: 99 } }, "jobs.mutations_per_host: must be at most 16"],
    ["a wrong choice", { log: { level: "loud" } }, "log.level: must be one of debug, info, warn, error"],
    ["a section of the wrong kind", { jobs: [] }, "jobs: must be an object"],
    ["hosts of the wrong kind", { hosts: {} }, "hosts: must be an array"],
  ])("names the file and the key of %s", (_, content, problem) => {
    const file = write("aetherv.config.json", content);
    expect(problemsOf(() => loadConfig({}, folder))).toEqual([`${file}: ${problem}`]);
  });

  it("names the variable where the value came from one", () => {
    const environment = { AETHERV_JOBS_RETAINED: "many" };
    expect(problemsOf(() => loadConfig(environment, folder))).toEqual([
      "AETHERV_JOBS_RETAINED: must be a number",
    ]);
  });

  it("refuses a variable that begins like a setting and is none, and no other", () => {
    const environment = { AETHERV_JOBS_RETAIND: "7", AETHERV_TOKEN: "of some script" };
    expect(problemsOf(() => loadConfig(environment, folder))).toEqual([
      "AETHERV_JOBS_RETAIND: there is no such setting",
    ]);
  });

  it("reports all of them at once", () => {
    expect(
      problemsOfHosts({ ...HOST, name: "a b" }, { ...HOST, adress: "x", address: undefined }),
    ).toHaveLength(3);
  });

  it.each([
    "hv01",
    "https://user@hv01:5986",
    "https://hv01:5986/wsman",
    "https://hv01:70000",
    "https://hv01:0",
    "https://hv01:5986?x",
    "https://hv 01",
    "https://1.2.3.4.5",
  ])("refuses the address %s", (address) => {
    expect(problemsOfHosts({ ...HOST, address })).toEqual([
      "aetherv.config.json: hosts[0].address: must be https://name:5986, without a path or a user name",
    ]);
  });

  it("refuses two hosts of one name, whatever the case", () => {
    expect(problemsOfHosts(HOST, { ...HOST, name: "HV01" })).toEqual([
      "aetherv.config.json: hosts[1].name: another host has this name",
    ]);
  });

  it("wants exactly one source of the password", () => {
    expect(problemsOfHosts({ ...HOST, password: undefined })[0]).toMatch(
      /hosts\[0\]\.password: .*none is there/,
    );
    expect(problemsOfHosts({ ...HOST, password_env: "X" })[0]).toMatch(
      /hosts\[0\]\.password_env: .*password and password_env are there/,
    );
  });

  it("names the missing variable or file of a password", () => {
    const host = { ...HOST, password: undefined };
    expect(problemsOfHosts({ ...host, password_env: "NOWHERE" })[0]).toMatch(
      /password_env: .*NOWHERE is not set/,
    );
    expect(problemsOfHosts({ ...host, password_file: "none" })[0]).toMatch(
      /password_file: cannot read .*none/,
    );
    write("empty", "\n");
    expect(problemsOfHosts({ ...host, password_file: "empty" })[0]).toMatch(
      /password_file: .*empty is empty/,
    );
  });

  it("refuses a certificate file without a certificate", () => {
    write("ca.pem", "no certificate");
    expect(problemsOfHosts({ ...HOST, ca_file: "ca.pem" })[0]).toMatch(/ca_file: .*holds no certificate/);
    write("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    expect(problemsOfHosts({ ...HOST, ca_file: "ca.pem" })[0]).toMatch(/ca_file: .*cannot be read/);
  });

  it("says where a file stops being JSON, without quoting it", () => {
    for (const text of [
      '{"hosts": [{"password": "hunter2",}]}',
      '{"password": hunter2}',
      "{\n  'hunter2'",
      "[]",
    ]) {
      const file = write("aetherv.config.json", text);
      const [problem, ...others] = problemsOf(() => loadConfig({}, folder));
      expect(problem).toMatch(new RegExp(`^${file}: (is not JSON|must hold one JSON object)`));
      expect(problem).not.toContain("hunter2");
      expect(others).toEqual([]);
    }
  });

  it("never quotes a value", () => {
    expect(problemsOfHosts({ ...HOST, password: { hunter2: 1 } }).join()).not.toContain("hunter2");
    const environment = { AETHERV_HOSTS: '[{"password":"hunter2"' };
    expect(problemsOf(() => loadConfig(environment, folder)).join()).not.toContain("hunter2");
  });

  it("refuses a named file that is not there", () => {
    const problems = problemsOf(() => loadConfig({ AETHERV_CONFIG: "none.json" }, folder));
    expect(problems).toEqual([`${join(folder, "none.json")}: cannot be read (ENOENT)`]);
  });
});

describe("how a host is logged on to", () => {
  const { password, username, ...bare } = HOST;
  const load = (...hosts: unknown[]) => {
    write("aetherv.config.json", { hosts });
    return loadConfig({}, folder).hosts;
  };
  /** A certificate and its key, and the key of another one. */
  const makeCertificate = (name: string) => {
    const files = ["-keyout", join(folder, `${name}-key.pem`), "-out", join(folder, `${name}.pem`)];
    const request =
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=client";
    execFileSync("openssl", [...request.split(" "), ...files], { stdio: "ignore" });
  };

  it("is by Basic where nothing else is said, as ever", () => {
    expect(load(HOST)).toMatchObject([
      { authentication: "basic", username, fingerprint: null, plaintext: false },
    ]);
  });

  it("may be over http by negotiate and ntlm, on the port for it", () => {
    for (const authentication of ["negotiate", "ntlm"]) {
      expect(load({ ...HOST, authentication, address: "http://HV01" })).toMatchObject([
        { authentication, address: "http://hv01:5985", plaintext: false },
      ]);
    }
  });

  it("needs no password by Kerberos, and a principal only where there are several", () => {
    expect(load({ ...bare, authentication: "kerberos" })).toMatchObject([{ username: null, password: null }]);
    expect(load({ ...bare, authentication: "kerberos", username: "a@R" })).toMatchObject([
      { username: "a@R" },
    ]);
  });

  it("is by a client's certificate and its key, which must belong together", () => {
    makeCertificate("client");
    makeCertificate("other");
    const entry = { ...bare, authentication: "certificate", client_certificate_file: "client.pem" };
    const [host] = load({ ...entry, client_key_file: "client-key.pem" });
    expect(host?.clientCertificate?.chain).toContain("BEGIN CERTIFICATE");
    expect(host?.clientCertificate?.key.reveal()).toContain("PRIVATE KEY");
    expect(JSON.stringify(host)).not.toContain("PRIVATE KEY");
    expect(problemsOfHosts({ ...entry, client_key_file: "other-key.pem" })[0]).toMatch(
      /client_key_file: .*is not the key of the client's certificate/,
    );
    expect(problemsOfHosts({ ...entry, client_key_file: "client.pem" })[0]).toMatch(/holds no private key/);
  });

  it("takes a fingerprint with and without colons", () => {
    const plain = "0123456789abcdef".repeat(4);
    const colons = plain.match(/../g)?.join(":");
    for (const certificate_fingerprint of [plain, colons]) {
      expect(load({ ...HOST, certificate_fingerprint })).toMatchObject([
        { fingerprint: certificate_fingerprint },
      ]);
    }
  });

  it.each<[string, object, RegExp]>([
    ["Basic over http", { ...HOST, address: "http://hv01" }, /address: must be https with basic/],
    [
      "Kerberos over http",
      { ...bare, authentication: "kerberos", address: "http://hv01" },
      /address: must be https with kerberos/,
    ],
    [
      "plaintext over https",
      { ...HOST, allow_plaintext_that_the_network_can_read_and_change: true },
      /with an http address only/,
    ],
    [
      "plaintext by Basic",
      { ...HOST, address: "http://hv01", allow_plaintext_that_the_network_can_read_and_change: true },
      /must be https with basic/,
    ],
    [
      "an unknown scheme",
      { ...HOST, authentication: "credssp" },
      /authentication: must be one of basic, negotiate/,
    ],
    ["no user name", { ...HOST, username: undefined }, /username: is required/],
    [
      "a password with Kerberos",
      { ...HOST, authentication: "kerberos" },
      /password: does not go with kerberos/,
    ],
    [
      "a certificate that is not there",
      { ...bare, authentication: "certificate" },
      /client_certificate_file: is required with certificate/,
    ],
    [
      "a certificate with Basic",
      { ...HOST, client_key_file: "x" },
      /client_key_file: does not go with basic/,
    ],
    ["a fingerprint that is none", { ...HOST, certificate_fingerprint: "12:34" }, /64 hexadecimal digits/],
    [
      "a fingerprint beside an authority",
      { ...HOST, ca_file: "x", certificate_fingerprint: "ab".repeat(32) },
      /takes the place of ca_file/,
    ],
  ])("is refused: %s", (_, host, problem) => {
    expect(problemsOfHosts(host).join("\n")).toMatch(problem);
  });
});
