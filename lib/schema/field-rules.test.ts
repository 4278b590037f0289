import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { loadHostResourcesSchema, loadSchemas } from "./load";
import { SchemaValidators } from "./validate";

const SCHEMAS = fileURLToPath(new URL("../../schemas", import.meta.url));
const validators = new SchemaValidators(loadSchemas(SCHEMAS));

/** A request for which each field's own rule decides. */
const BASE: JsonObject = {
  vm_name: "web01",
  os_family: "windows",
  target_host: "hv01",
  image_name: "server-2022",
  network: "prod",
  ip_behavior: "static",
  ip_address: "10.0.0.5",
  prefix_length: 24,
  gateway: "10.0.0.1",
  dns_server: "10.0.0.2",
  domain: "corp.example.com",
  domain_ou: "OU=Servers,DC=corp,DC=example,DC=com",
  join_account: "joiner",
  join_password: "secret",
  guest_la_uid: "admin",
  guest_la_pw: "secret",
  ansible_ssh_user: "ansible",
  ansible_ssh_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVu",
};

function messagesFor(field: string, value: JsonObject[string]): string[] {
  const result = validators.validate("managed_deployment", { ...BASE, [field]: value });
  return result.ok ? [] : result.problems.map(({ pointer, message }) => `${pointer} ${message}`);
}

const GOOD: [string, JsonObject[string][]][] = [
  ["vm_name", ["a", "web-01", "WEB01", "123abc", "x".repeat(15), "CON1", "com"]],
  ["gb_ram", [1, 245_760]],
  ["cpu_cores", [1, 2048]],
  ["size_gb", [1, 65_536]],
  ["mac_address", ["00-15-5D-01-02-03", "02-00-00-00-00-01", "00-15-5d-aa-bb-cc"]],
  ["adapter_name", ["eth0", "Production net"]],
  ["ip_address", ["1.2.3.4", "10.255.255.254", "223.255.255.1", "192.168.0.1", "25.0.0.1", "24.1.1.1"]],
  ["prefix_length", [1, 32]],
  ["dns_server_2", ["8.8.8.8"]],
  ["dns_suffix", ["corp.example.com", "lan"]],
  ["domain", ["corp.example.com", "a.b", "x-1.example"]],
  [
    "domain_ou",
    [
      "OU=Servers,DC=corp,DC=com",
      "ou=A,ou=B,dc=x",
      "CN=Computers,DC=corp,DC=com",
      "OU=R\\,D,DC=x",
      "OU=Prod Web,DC=x",
    ],
  ],
  ["join_account", ["joiner", "joiner@corp.example.com", "CORP\\joiner", "svc.join-1"]],
  ["guest_la_uid", ["admin", "Local Admin", "a", "svc_1"]],
  ["ansible_ssh_user", ["ansible", "_svc", "a.b-c"]],
  [
    "ansible_ssh_key",
    [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVu name@host",
      "ssh-rsa AAAAB3NzaC1yc2E=",
      "ecdsa-sha2-nistp256 AAAAE2VjZHNh two words",
      "sk-ssh-ed25519@openssh.com AAAAGnNr",
    ],
  ],
];

const BAD: [string, JsonObject[string][]][] = [
  [
    "vm_name",
    [
      "-web",
      "web-",
      "we b",
      "web_01",
      "web.01",
      "web..",
      "a\\b",
      "a:b",
      "CON",
      "con",
      "Com1",
      "LPT9",
      "nul",
      "2024",
      "x".repeat(64),
      "x".repeat(256),
      "wéb",
    ],
  ],
  ["gb_ram", [0, -1, 1.5, 1e12, "4", true, null]],
  ["cpu_cores", [0, 2049]],
  ["size_gb", [0, 65_537]],
  [
    "mac_address",
    [
      "00:15:5D:01:02:03",
      "00155D010203",
      "01-15-5D-01-02-03",
      "00-00-00-00-00-00",
      "00-15-5D-01-02",
      "0G-15-5D-01-02-03",
    ],
  ],
  ["adapter_name", [" eth0", "eth0 ", "", "x".repeat(65)]],
  [
    "ip_address",
    ["10.0.0", "10.0.0.256", "10.0.0.05", "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::1", ""],
  ],
  ["prefix_length", [0, 33, "24"]],
  ["gateway", ["router", "10.0.0.1/24"]],
  ["dns_server_2", ["ns1.example.com"]],
  ["dns_suffix", [".example.com", "a b", "example.com."]],
  ["domain", ["CORP", "corp_1.example", "-a.example", "a..b", `${"x".repeat(64)}.example`]],
  [
    "domain_ou",
    ["Servers", "OU=Servers", "OU=Servers, DC=corp", "DC=corp,OU=Servers", "corp.example.com/Servers"],
  ],
  ["join_account", ["a b", "CORP/joiner", "joiner@", "\\joiner", "a\\b\\c"]],
  ["guest_la_uid", ["CORP\\admin", "admin@corp", " admin", "admin ", "admin.", "x".repeat(21)]],
  ["ansible_ssh_user", ["1ansible", "an sible", "x".repeat(33)]],
  [
    "ansible_ssh_key",
    [
      "AAAAC3Nz",
      "ssh-dss AAAAB3Nz",
      "ssh-ed25519  AAAA",
      "ssh-ed25519 AAAA ",
      'ssh-ed25519 AAAA "name"',
      "ssh-ed25519 AA AA\\",
      'command="x" ssh-ed25519 AAAA',
      `ssh-rsa ${"A".repeat(800)}`,
    ],
  ],
];

describe("field rules", () => {
  it.each(GOOD)("%s takes good values", (field, values) => {
    for (const value of values) expect(messagesFor(field, value), String(value)).toEqual([]);
  });

  it.each(BAD)("%s refuses bad values, each with one sentence at the field", (field, values) => {
    for (const value of values) {
      const messages = messagesFor(field, value);
      expect(messages.length, String(value)).toBeGreaterThan(0);
      for (const message of messages)
        expect(message, String(value)).toMatch(new RegExp(`^/${field} \\S.*[.]$`));
    }
  });

  it("decide in linear time", () => {
    const long = "a".repeat(100_000);
    const texts = [
      long,
      `${long}!`,
      `OU=${long}`,
      "a.".repeat(50_000),
      "-".repeat(100_000),
      `ssh-rsa ${"A ".repeat(50_000)}\\`,
    ];
    for (const field of BAD.map(([name]) => name)) {
      for (const text of texts) expect(messagesFor(field, text)).not.toEqual([]);
    }
  });
});

describe("host resources", () => {
  const check = new Ajv2020({ strict: true, allowUnionTypes: true })
    .addVocabulary(["version"])
    .compile(loadHostResourcesSchema(SCHEMAS));
  const file = (change: JsonObject = {}): JsonObject => ({
    version: 1,
    schema_name: "hostresources",
    storage_classes: [{ name: "gold", path: "C:\\ClusterStorage\\Volume1" }],
    networks: [
      {
        name: "prod",
        model: "vlan",
        configuration: { virtual_switch: "vSwitch", vlan_id: 10 },
        ip_settings: {
          gateway: "10.0.0.1",
          dns: "10.0.0.2",
          subnet_mask: "255.255.255.0",
          dhcp_available: true,
        },
      },
    ],
    virtual_machines_path: "C:\\ClusterStorage\\Volume1\\VMs",
    ...change,
  });

  it("takes the files of existing installations, with whatever else they hold", () => {
    expect(check(file())).toBe(true);
    expect(check(file({ version: "1.0", comment: "keep me", tags: [{ a: 1 }] }))).toBe(true);
    expect(
      check(file({ images: [{ name: "debian", path: "D:\\debian.vhdx", os_family: "linux", owner: "x" }] })),
    ).toBe(true);
  });

  it.each<[string, JsonObject]>([
    [
      "VLAN 0",
      { networks: [{ name: "x", model: "vlan", configuration: { virtual_switch: "s", vlan_id: 0 } }] },
    ],
    [
      "VLAN 4095",
      { networks: [{ name: "x", model: "vlan", configuration: { virtual_switch: "s", vlan_id: 4095 } }] },
    ],
    [
      "an unknown model",
      { networks: [{ name: "x", model: "vxlan", configuration: { virtual_switch: "s", vlan_id: 1 } }] },
    ],
    ["a storage class without a path", { storage_classes: [{ name: "gold" }] }],
    ["media without a family", { provisioning_media: [{ path: "C:\\a.iso" }] }],
  ])("refuses %s", (_what, change) => {
    expect(check(file(change))).toBe(false);
  });

  it("is valid JSON Schema 2020-12 like the others", () => {
    const text = readFileSync(`${SCHEMAS}/host-resources.schema.json`, "utf8");
    expect(JSON.parse(text).$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  });
});
