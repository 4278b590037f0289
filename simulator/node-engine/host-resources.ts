import { z } from "zod";
import type { Fleet } from "../host/fleet";
import type { Host, Volume } from "../host/model";
import { baseName, isUnder, joinPath } from "../host/windows-path";
import { AgentError } from "./agent-error";

const name = z.string().min(1);
const setting = z.string().nullish();

const resourcesSchema = z.object({
  version: z.union([z.string(), z.int()]),
  schema_name: z.string(),
  storage_classes: z.array(z.object({ name, path: name })),
  networks: z.array(
    z.object({
      name,
      model: z.literal("vlan"),
      configuration: z.object({ virtual_switch: name, vlan_id: z.int().min(1).max(4094) }),
      ip_settings: z
        .object({
          gateway: setting,
          dns: setting,
          dns_secondary: setting,
          subnet_mask: setting,
          network_address: setting,
          dhcp_available: z.boolean().nullish(),
        })
        .nullish(),
    }),
  ),
  virtual_machines_path: name,
  images: z
    .array(
      z.object({
        name,
        path: name,
        os_family: setting,
        description: setting,
        provisioning_version: setting,
      }),
    )
    .optional(),
  provisioning_media: z
    .array(z.object({ os_family: name, path: name, protocols: z.array(z.unknown()).nullish() }))
    .nullish(),
});

type ResourcesDocument = z.output<typeof resourcesSchema>;
export type ImageEntry = NonNullable<ResourcesDocument["images"]>[number];
export type NetworkEntry = ResourcesDocument["networks"][number];
/** hostresources.json, with the images found where it lists none. */
export type HostResources = ResourcesDocument & { images: ImageEntry[] };

/** Reads hostresources.json; throws `host_resources_missing` or `host_resources_invalid`. */
export function readHostResources(fleet: Fleet, host: Host): HostResources {
  const fault = fleet.faults.take("host_resources", host.name);
  const text = fault === null ? host.hostResources : fault.text;
  if (text === null) {
    throw new AgentError(
      "host_resources_missing",
      "The host has no file C:\\ProgramData\\AetherV\\hostresources.json or C:\\ProgramData\\Aether-V\\hostresources.json.",
    );
  }
  const parsed = resourcesSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "the document" : issue.path.join(".");
    throw invalid(`${where}: ${issue?.message ?? "is not valid"}`);
  }
  return { ...parsed.data, images: parsed.data.images ?? discoverImages(host) };
}

/** The entry with this name, compared as PowerShell does: without regard to case. */
export function findByName<T extends { name: string }>(entries: readonly T[], wanted: string): T | null {
  return entries.find((entry) => entry.name.toLowerCase() === wanted.toLowerCase()) ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("it is not JSON");
  }
}

function invalid(why: string): AgentError {
  return new AgentError("host_resources_invalid", `hostresources.json is not valid: ${why}.`);
}

function discoverImages(host: Host): ImageEntry[] {
  return host.volumes.flatMap((volume) => (volume.shared ? imagesOf(volume) : []));
}

function imagesOf(volume: Volume): ImageEntry[] {
  const folder = joinPath(volume.mount, "DiskImages");
  return [...volume.files.values()]
    .filter((file) => isUnder(file.path, folder) && file.path.toLowerCase().endsWith(".vhdx"))
    .map((file) => ({ name: baseName(file.path).replace(/\.vhdx$/i, ""), path: file.path }));
}
