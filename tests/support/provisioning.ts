import type { FieldValues } from "@/lib/domain/field-values";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import { Secret } from "@/lib/domain/secret";
import type { JobLimits } from "@/lib/jobs/job-service";
import type { InitializationSettings } from "@/lib/provisioning/initialization-service";
import { loadSchemas } from "@/lib/schema/load";
import { SchemaValidators } from "@/lib/schema/validate";
import { composeServices } from "@/lib/server/services";
import { FakeProbes } from "./fake-probes";

export const LIMITS: JobLimits = {
  retained: 500,
  retentionMs: 86_400_000,
  logBytes: 1_000_000,
  unfinished: 1_000,
  unknownMs: 15 * 60_000,
  settleMs: 0,
};

export const INITIALIZATION: InitializationSettings = {
  meta_version: "1.0",
  key_wait_seconds: 300,
  completion_wait_seconds: 1_800,
  poll_seconds: 5,
  propagation_seconds: 30,
};

const schemas = loadSchemas("schemas");
const validators = new SchemaValidators(schemas);

/** The server's services over any `Hypervisor`. */
export function provisioning(
  hypervisor: Hypervisor,
  hosts: readonly HostConfig[],
  { limits = LIMITS, initialization = INITIALIZATION, periodSeconds = 60 } = {},
) {
  const inventory = { periodSeconds, diskRereadSeconds: 600 };
  const checks = { probes: new FakeProbes(), deadlineSeconds: 120 };
  const parts = { hosts, hypervisor, schemas, validators, limits, initialization, inventory, checks };
  return { schemas, ...composeServices(parts) };
}

export function hostConfig(name: string): HostConfig {
  return { name, address: `https://${name}:5986`, username: "admin", password: new Secret("x"), ca: null };
}

export const LOCAL_PASSWORD = "Canary-la-pw-1";

/** A complete request for a Linux VM with DHCP. */
export function linuxRequest(changes: FieldValues = {}): FieldValues {
  return {
    vm_name: "web-01",
    gb_ram: 4,
    cpu_cores: 2,
    target_host: "hv01",
    cluster_preference: "none",
    os_family: "linux",
    size_gb: 20,
    storage_type: "dynamic",
    image_name: "ubuntu-24.04",
    network: "production",
    ip_behavior: "dhcp",
    guest_la_uid: "operator",
    guest_la_pw: new Secret(LOCAL_PASSWORD),
    ...changes,
  };
}
