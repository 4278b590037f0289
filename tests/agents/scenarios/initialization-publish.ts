import { expect } from "vitest";
import { NAME } from "@/simulator/guest/kvp-names";
import { unseal } from "@/simulator/guest/unseal";
import type { Scenario } from "../support/scenario";
import type { FlatState } from "../support/state";
import type { World } from "../support/world";
import { chunked, GUEST_KEY, offers, says } from "./guest";
import { invalid, vmNotFound } from "./parts";

const VM = "build-old";
const HOST_ITEM = `vm:${VM}.kvp.host.`;

const PUBLISH = { vm_id: `vm:${VM}`, os_family: "linux", key_fingerprint: GUEST_KEY.fingerprint.pkcs1 };

/** Values that are known to go wrong on the way; the blank one does not travel. */
const CONFIG = {
  guest_host_name: "web02",
  guest_la_pw: `p"a'ss\\w\\\\ord  two $spaces |pipe| \`n <&>`,
  guest_la_uid: "Jürgen Größe – 管理者 \u{1f511}",
  ansible_ssh_key: `ssh-ed25519 ${"A".repeat(400)} operator@example`,
  guest_net_dns_suffix: "   ",
};
const ARRIVING = Object.fromEntries(
  Object.entries(CONFIG).filter(([name]) => name !== "guest_net_dns_suffix"),
);

/** Bytes of a value's item: IV, and UTF-8 padded to whole blocks of 16 bytes. */
function sealed(value: string): string {
  return `<${16 + 16 * (Math.floor(Buffer.byteLength(value) / 16) + 1)} bytes>`;
}

function published(values: Record<string, string>): FlatState {
  const data = Object.entries(values).map(([name, value]) => [
    `${HOST_ITEM}${NAME.dataPrefix}${name}`,
    sealed(value),
  ]);
  return {
    [`${HOST_ITEM}${NAME.checksum}`]: "<32 bytes>",
    [`${HOST_ITEM}${NAME.wrappedKey}`]: "<256 bytes>",
    ...Object.fromEntries(data),
  };
}

/** The guest can read these, and they stand there in the order in which it needs them. */
function arrives(expected: Record<string, string>): (world: World) => void {
  return (world) => {
    const items = world.fleet.kvp.hostItems(world.vm(VM));
    expect(unseal(items, GUEST_KEY.privateKey)).toEqual(expected);
    const names = [...items.keys()].filter((name) => name.startsWith("hlvmm."));
    const data = names.slice(2);
    expect(names.slice(0, 2)).toEqual([NAME.checksum, NAME.wrappedKey]);
    expect(data.map(withoutChunk)).toEqual(data.map(withoutChunk).sort());
  };
}

function withoutChunk(name: string): string {
  return name.replace(/\._\d+$/, "");
}

const LONG = "ä🔑x".repeat(190);

function long(chunks: number): FlatState {
  // 100 UTF-16 units a chunk; 25 times the four units of "ä🔑x" are 175 bytes.
  const items = Array.from({ length: chunks }, (_, index) => [
    `${HOST_ITEM}${NAME.dataPrefix}cnf_ansible_ssh_key._${index}`,
    sealed(LONG.slice(index * 100, (index + 1) * 100)),
  ]);
  return Object.fromEntries(items);
}

export const INITIALIZATION_PUBLISH: Scenario[] = [
  ...(["pkcs1", "spki", "capi", "cng"] as const).map(
    (format): Scenario => ({
      call: "initialization/publish",
      title: `seals every value for a guest whose key is ${format}, exactly and in order`,
      given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY[format] }),
      spec: { ...PUBLISH, key_fingerprint: GUEST_KEY.fingerprint[format] },
      guest_config: CONFIG,
      outputs: {},
      changes: published(ARRIVING),
      afterwards: arrives(ARRIVING),
    }),
  ),
  {
    call: "initialization/publish",
    title: "reads a key in chunks, and replaces what was published before",
    given: (world) => {
      says(world, VM, chunked(GUEST_KEY.spki));
      offers(world, VM, { other: "stays", [NAME.wrappedKey]: "AAAA", [`${NAME.dataPrefix}left`]: "AAAA" });
    },
    spec: { ...PUBLISH, key_fingerprint: GUEST_KEY.fingerprint.spki },
    guest_config: { guest_host_name: "web02" },
    outputs: {},
    changes: { ...published({ guest_host_name: "web02" }), [`${HOST_ITEM}${NAME.dataPrefix}left`]: null },
    afterwards: arrives({ guest_host_name: "web02" }),
  },
  {
    call: "initialization/publish",
    title: "cuts a long value for Linux, and no character in two",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: PUBLISH,
    guest_config: { cnf_ansible_ssh_key: LONG, guest_host_name: "web02" },
    outputs: {},
    changes: { ...published({ guest_host_name: "web02" }), ...long(8) },
    afterwards: arrives({ cnf_ansible_ssh_key: LONG, guest_host_name: "web02" }),
  },
  {
    call: "initialization/publish",
    title: "sends nothing but the key where there is no value",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: PUBLISH,
    guest_config: {},
    outputs: {},
    changes: published({}),
  },
  {
    call: "initialization/publish",
    title: "refuses a long value for Windows, and names it",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: { ...PUBLISH, os_family: "windows" },
    guest_config: { guest_la_pw: "x".repeat(720) },
    fails: { code: "invalid_request", target: "guest_la_pw", message: /^(?!.*xxx)/ },
  },
  {
    call: "initialization/publish",
    title: "takes the longest value for Windows",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: { ...PUBLISH, os_family: "windows" },
    guest_config: { guest_la_pw: "x".repeat(719) },
    outputs: {},
    changes: published({ guest_la_pw: "x".repeat(719) }),
    afterwards: arrives({ guest_la_pw: "x".repeat(719) }),
  },
  {
    call: "initialization/publish",
    title: "refuses a value of more chunks than a guest looks for",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: PUBLISH,
    guest_config: { guest_la_pw: "x".repeat(3001) },
    fails: { code: "invalid_request", target: "guest_la_pw" },
  },
  {
    call: "initialization/publish",
    title: "refuses another key than was seen, and writes nothing",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.spki }),
    spec: PUBLISH,
    guest_config: CONFIG,
    fails: { code: "guest_key_changed", target: null },
  },
  {
    call: "initialization/publish",
    title: "refuses when the guest shows no key",
    given: (world) => says(world, VM, {}),
    spec: PUBLISH,
    guest_config: CONFIG,
    fails: { code: "guest_key_changed", target: null },
  },
  ...(["weak", "noKey"] as const).map(
    (kind): Scenario => ({
      call: "initialization/publish",
      title: `refuses ${kind === "weak" ? "a key of 1024 bits" : "what is no key"}`,
      given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY[kind] }),
      spec: { ...PUBLISH, key_fingerprint: GUEST_KEY.fingerprint[kind] },
      guest_config: CONFIG,
      fails: { code: "guest_key_unsupported", target: null },
    }),
  ),
  {
    call: "initialization/publish",
    title: "tells when Hyper-V takes no items",
    given: (world) => {
      says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 });
      world.fault({ kind: "kvp_refused", times: null });
    },
    spec: PUBLISH,
    guest_config: CONFIG,
    fails: { code: "kvp_write_failed", target: null },
  },
  {
    call: "initialization/publish",
    title: "refuses a request without a configuration",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: GUEST_KEY.pkcs1 }),
    spec: PUBLISH,
    fails: { code: "invalid_request", target: null },
  },
  ...vmNotFound("initialization/publish", PUBLISH).map((scenario) => ({ ...scenario, guest_config: CONFIG })),
  ...invalid("initialization/publish", PUBLISH, [
    ["vm_id", 0],
    ["os_family", undefined],
    ["key_fingerprint", undefined],
  ]).map((scenario) => ({ ...scenario, guest_config: CONFIG })),
];
