import type { NetworkRecord } from "@/lib/domain/inventory";
import type { JsonValue } from "@/lib/domain/json";

/**
 * The fields that a network's `ip_settings` fill in. A schema without one of them is served as well:
 * nothing is filled in there.
 */
export const NETWORK_FIELDS = ["prefix_length", "gateway", "dns_server", "dns_server_2"] as const;
export type NetworkField = (typeof NETWORK_FIELDS)[number];

/** What a network knows about its guests' settings; a setting that it leaves open is absent. */
export function networkSettings(network: NetworkRecord | null): Partial<Record<NetworkField, JsonValue>> {
  const settings = network?.ip_settings;
  if (!settings) return {};
  const prefixLength = settings.subnet_mask === null ? null : prefixLengthOf(settings.subnet_mask);
  return {
    ...(prefixLength === null ? {} : { prefix_length: prefixLength }),
    ...(settings.gateway ? { gateway: settings.gateway } : {}),
    ...(settings.dns ? { dns_server: settings.dns } : {}),
    ...(settings.dns_secondary ? { dns_server_2: settings.dns_secondary } : {}),
  };
}

/** 24 for `255.255.255.0`; null for what is no contiguous mask. */
export function prefixLengthOf(mask: string): number | null {
  const parts = mask.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  const bits = parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : null;
}
