import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { Secret } from "@/lib/domain/secret";
import { loadSchemas } from "./load";
import { declaredFields } from "./schema-set";
import { SchemaValidators, VALIDATION_TARGETS, type ValidationTarget } from "./validate";

const set = loadSchemas(fileURLToPath(new URL("../../schemas", import.meta.url)));
const validators = new SchemaValidators(set);

const WINDOWS: JsonObject = {
  vm_name: "web01",
  os_family: "windows",
  target_host: "hv01",
  image_name: "server-2022",
  network: "prod",
};
const LINUX: JsonObject = { ...WINDOWS, os_family: "linux", image_name: "debian-12" };
const STATIC: JsonObject = {
  ip_behavior: "static",
  ip_address: "10.0.0.5",
  prefix_length: 24,
  gateway: "10.0.0.1",
  dns_server: "10.0.0.2",
};
const JOIN: JsonObject = {
  domain: "corp.example.com",
  domain_ou: "OU=Servers,DC=corp,DC=example,DC=com",
  join_account: "joiner@corp.example.com",
  join_password: "correct horse",
};

function problems(body: JsonObject, target: ValidationTarget = "managed_deployment"): Record<string, string> {
  const result = validators.validate(target, body);
  return result.ok
    ? {}
    : Object.fromEntries(result.problems.map(({ pointer, message }) => [pointer, message]));
}

describe("a managed deployment", () => {
  it("is accepted with defaults filled in and secrets wrapped", () => {
    const body = { ...WINDOWS, ...STATIC, ...JOIN, guest_la_uid: "admin", guest_la_pw: "a \\ 'b'" };
    const before = structuredClone(body);
    const result = validators.validate("managed_deployment", body);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.value).toMatchObject({ gb_ram: 4, cpu_cores: 2, size_gb: 60, storage_type: "dynamic" });
    expect(result.value.guest_la_pw).toBeInstanceOf(Secret);
    expect(result.value.join_password).toBeInstanceOf(Secret);
    expect(inspect(result.value)).not.toContain("correct horse");
    expect(body).toEqual(before);
  });

  it("names every missing field by itself", () => {
    expect(problems({})).toEqual({
      "/vm_name": "Name is required.",
      "/os_family": "Operating system is required.",
      "/target_host": "Host is required.",
      "/network": "Network is required.",
      "/image_name": "Image is required.",
    });
  });

  it.each<[string, JsonObject, Record<string, string>]>([
    [
      "a password without its account",
      { guest_la_pw: "x" },
      { "/guest_la_uid": "The local administrator needs both" },
    ],
    [
      "a key without its user",
      { ansible_ssh_key: "ssh-ed25519 AAAA" },
      { "/ansible_ssh_user": "Ansible needs both" },
    ],
    [
      "half a domain join",
      { domain: "corp.example.com", domain_ou: "OU=A,DC=b" },
      { "/join_account": "Joining a domain needs", "/join_password": "Joining a domain needs" },
    ],
    [
      "an OU without a domain",
      { domain_ou: "OU=A,DC=b" },
      {
        "/domain": "Joining a domain needs",
        "/join_account": "Joining a domain needs",
        "/join_password": "Joining a domain needs",
      },
    ],
    [
      "half a static address",
      { ip_behavior: "static", ip_address: "10.0.0.5", prefix_length: 24 },
      {
        "/gateway": "A static address needs",
        "/dns_server": "A static address needs",
      },
    ],
    [
      "an address beside DHCP",
      { ip_address: "10.0.0.5" },
      { "/ip_address": "applies only when IP address is Static" },
    ],
    ["a misspelled field", { gb_rma: 4 }, { "/gb_rma": "There is no such field" }],
    ["memory as text", { gb_ram: "4" }, { "/gb_ram": "Memory must be a whole number." }],
    ["half a processor", { cpu_cores: 1.5 }, { "/cpu_cores": "Virtual processors must be a whole number." }],
    ["a disk of nothing", { size_gb: 0 }, { "/size_gb": "Size must be between 1 and 65536 GB." }],
    ["an unknown family", { os_family: "solaris" }, { "/os_family": "must be one of: windows, linux." }],
    ["null", { network: null }, { "/network": "Choose one of the host's networks." }],
    ["an empty name", { vm_name: "" }, { "/vm_name": "Name must not be empty." }],
  ])("refuses %s at its field", (_what, change, expected) => {
    const found = problems({ ...WINDOWS, ...change });
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [pointer, message] of Object.entries(expected)) expect(found[pointer]).toContain(message);
  });
});

describe("what version 1 guests cannot take", () => {
  it("refuses a Windows name of 16 characters, and takes it for Linux", () => {
    const vm_name = "a234567890123456";
    expect(problems({ ...WINDOWS, vm_name })).toEqual({
      "/vm_name": "A Windows host name has at most 15 characters.",
    });
    expect(problems({ ...LINUX, vm_name })).toEqual({});
  });

  it("refuses a Windows domain join without an OU, and takes it for Linux", () => {
    const { domain_ou, ...join } = JOIN;
    expect(domain_ou).toBeDefined();
    expect(problems({ ...WINDOWS, ...join })["/domain_ou"]).toContain("only with an organizational unit");
    expect(problems({ ...LINUX, ...join })).toEqual({});
  });

  it.each([
    "back\\slash",
    'quo"te',
    "quo'te",
    "two  spaces",
    "-n secret",
    "-npassword",
    "trailing ",
    " leading",
  ])("refuses the password %j for Linux alone", (password) => {
    const fields = { guest_la_uid: "root", guest_la_pw: password, ...JOIN, join_password: password };
    const linux = problems({ ...LINUX, ...fields });
    expect(Object.keys(linux).sort()).toEqual(["/guest_la_pw", "/join_password"]);
    expect(linux["/guest_la_pw"]).toContain("Linux guests would get another password");
    expect(problems({ ...WINDOWS, ...fields })).toEqual({});
  });

  it.each(["correct horse battery", "pässwörd", "a-n", "$(rm -rf /)", "p@ss;word|&<>*"])(
    "takes the password %j for Linux",
    (guest_la_pw) => {
      expect(problems({ ...LINUX, guest_la_uid: "root", guest_la_pw })).toEqual({});
    },
  );

  it("refuses DOMAIN\\user for Linux, which would lose the backslash", () => {
    const fields = { ...JOIN, join_account: "CORP\\joiner" };
    expect(problems({ ...LINUX, ...fields })["/join_account"]).toContain("user@domain");
    expect(problems({ ...WINDOWS, ...fields })).toEqual({});
  });

  it("applies the same rules to an initialization by itself", () => {
    const body = { os_family: "linux", guest_la_uid: "root", guest_la_pw: "a\\b" };
    expect(Object.keys(problems(body, "initialization"))).toEqual(["/guest_la_pw"]);
    expect(problems({ os_family: "windows", ...JOIN }, "initialization")).toEqual({});
    expect(Object.keys(problems({ os_family: "windows", vm_name: "web01" }, "initialization"))).toEqual([
      "/vm_name",
    ]);
  });
});

describe("what a guest is told of its hardware", () => {
  it.each([
    ["windows", "web01", {}],
    ["windows", "a234567890123456", { "/vm_name": "A Windows host name has at most 15 characters." }],
    ["linux", "a234567890123456", {}],
    [
      "linux",
      "Web Server",
      { "/vm_name": "Use letters, digits and hyphens; begin and end with a letter or a digit." },
    ],
    ["linux", "", { "/vm_name": "Name must not be empty." }],
  ])("is judged by the same rules: %s, %j", (os_family, vm_name, expected) => {
    const body = validators.validate("initialization", {
      os_family,
      guest_la_uid: "admin",
      guest_la_pw: "secret",
    });
    if (!body.ok) throw new Error(JSON.stringify(body.problems));
    const found = validators.guestHardwareProblems(body.value, { vm_name });
    expect(Object.fromEntries(found.map(({ pointer, message }) => [pointer, message]))).toEqual(expected);
  });
});

describe("secrets", () => {
  it("refuses a placeholder that nobody filled in", () => {
    const found = problems({ ...WINDOWS, guest_la_uid: "admin", guest_la_pw: "<guest_la_pw>" });
    expect(found).toEqual({ "/guest_la_pw": "Put the real value in the place of `<guest_la_pw>`." });
  });

  it("never appear in a problem, whatever is wrong with them", () => {
    const seed = Date.now() % 2 ** 31;
    const canary = "CANARY";
    const secrets = declaredFields(validators.schema("managed_deployment")).filter(({ meta }) => meta.secret);
    const broken = fc.constantFrom<unknown>(
      `${canary}\\`,
      `${canary}\n`,
      `${canary}\u202e`,
      `${canary}\ud800`,
      `${canary}  ${canary}`,
      canary.repeat(100),
      [canary],
      { [canary]: canary },
      { deep: { deep: [canary] } },
    );
    const bodies = fc.record(Object.fromEntries(secrets.map(({ name }) => [name, broken])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(
        bodies,
        fc.constantFrom(WINDOWS, LINUX, {}),
        fc.constantFrom(...VALIDATION_TARGETS),
        (body, base, target) => {
          const result = validators.validate(target, { ...base, ...body } as JsonObject);
          if (!result.ok) expect(JSON.stringify(result.problems)).not.toContain(canary);
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});
