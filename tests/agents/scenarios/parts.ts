/** What scenarios of several agents are made of. The VMs, networks and images are those of the demo's seed. */
import type { AgentCall } from "@/lib/agents/agent-call";
import type { Scenario } from "../support/scenario";
import type { FlatState } from "../support/state";

export const GIBIBYTE = 2 ** 30;
export const GOLD = "C:\\ClusterStorage\\Volume1\\Hyper-V";
export const SILVER = "C:\\ClusterStorage\\Volume2\\Hyper-V";
export const LOCAL = "D:\\Hyper-V";
export const IMAGES = "C:\\ClusterStorage\\Volume1\\DiskImages";

/** A GUID that names nothing. */
export const NOBODY = "00000000-0000-4000-8000-000000000000";

/** The disk of each of the demo's VMs. */
export const DISK = {
  dc01: `${GOLD}\\dc01\\dc01.vhdx`,
  sql01: `${GOLD}\\sql01\\sql01.vhdx`,
  sql01Second: `${SILVER}\\sql01\\sql01-2.vhdx`,
  buildOld: `${SILVER}\\build-old\\build-old.vhdx`,
  backup01: `${LOCAL}\\backup01\\backup01.vhdx`,
  testDebian: `${LOCAL}\\test-debian\\test-debian.vhdx`,
};

/** build-old's adapter, and its boot order. */
export const SEEDED = {
  nic_id: "nic:build-old/Network Adapter",
  name: "Network Adapter",
  switch: "Datacenter",
  vlan_id: 20,
  dynamic_mac: true,
  mac: null,
  ip_addresses: [],
};
export const SEEDED_BOOT = [`disk:${DISK.buildOld.toLowerCase()}`, "nic:nic:build-old/Network Adapter"];

/** An address that no adapter has. */
export const FREE_MAC = "02-15-5D-0A-0B-0C";

/** A step of a managed deployment. */
export function step(number: number, steps = 4): NonNullable<AgentCall["context"]> {
  return { deployment_id: "deployment-1", step: number, steps, request: { vm_name: "web02", größe: "ü" } };
}

/** The block in the Notes for {@link step}. */
export function marker(number: number, rest = "", steps = 4): string {
  const request = '"request":{"vm_name":"web02","gr\\u00f6\\u00dfe":"\\u00fc"}';
  return `--- aetherv begin ---\n{"deployment_id":"deployment-1","step":${number},"steps":${steps},${request}${rest}}\n--- aetherv end ---`;
}

/** A marker of {@link step} with when the deployment began and who asked for it. */
export const TOLD = { since: "2026-01-02T03:04:05.678Z", actor: "größe" };
export function toldMarker(number: number): string {
  const told = `"since":"<time>","actor":"gr\\u00f6\\u00dfe",`;
  return marker(number).replace('"request"', `${told}"request"`);
}

/** What is left of it after the last step. */
export const COMPLETED =
  '--- aetherv begin ---\n{"deployment_id":"deployment-1","completed":"<time>"}\n--- aetherv end ---';

/** A call of an operation refused for each of these fields, changing nothing. */
export function invalid(
  call: Scenario["call"],
  spec: Record<string, unknown>,
  wrong: [field: string, value: unknown][],
): Scenario[] {
  return wrong.map(([field, value]) => ({
    call,
    title: `refuses ${value === undefined ? `a missing ${field}` : `${JSON.stringify(value)} as ${field}`}`,
    spec: Object.fromEntries(
      Object.entries({ ...spec, [field]: value }).filter(([, each]) => each !== undefined),
    ),
    fails: { code: "invalid_request", target: field },
  }));
}

/** An operation on a VM that is not there, or no longer. */
export function vmNotFound(call: Scenario["call"], spec: Record<string, unknown> = {}): Scenario[] {
  return [
    {
      call,
      title: "a VM that does not exist is not found",
      spec: { ...spec, vm_id: NOBODY },
      fails: { code: "vm_not_found", target: "vm_id" },
    },
    {
      call,
      title: "a VM of another host is not found",
      host: "hv02",
      spec: { ...spec, vm_id: "vm:sql01" },
      fails: { code: "vm_not_found", target: "vm_id" },
    },
  ];
}

/** An operation on a host without the resources file, and with one that is wrong. */
export function hostResources(scenario: Pick<Scenario, "call" | "spec" | "given" | "host">): Scenario[] {
  const host = scenario.host ?? "hv01";
  const without = (
    title: string,
    code: string,
    change: Record<string, unknown> | string | null,
  ): Scenario => ({
    ...scenario,
    title,
    given: (world) => {
      scenario.given?.(world);
      world.resources(change, host);
    },
    fails: { code, target: null },
  });
  return [
    without("a host without the resources file is told so", "host_resources_missing", null),
    without("a resources file that is no JSON is told so", "host_resources_invalid", "{"),
    without("a resources file that lacks a list is told so", "host_resources_invalid", { networks: null }),
  ];
}

/** A new VM's part of the state. */
export function newVm(name: string, rest: FlatState): FlatState {
  const fields: FlatState = {
    host: "hv01",
    vm_name: name,
    state: "off",
    activity: null,
    generation: 2,
    processor_count: 2,
    memory_startup_bytes: 4 * GIBIBYTE,
    dynamic_memory: false,
    notes: "",
    secure_boot: { enabled: true, template: "MicrosoftUEFICertificateAuthority" },
    path: `${GOLD}\\${name}`,
    clustered: false,
    cluster_role: null,
    boot_order: [],
    disks: [],
    dvds: [],
    checkpoints: [],
    adapters: [],
    guest: null,
    ...rest,
  };
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [`vm:${name}.${field}`, value]));
}
