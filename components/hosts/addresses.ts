/** The parts of a host's page, as they stand in its address. */
export const HOST_TABS = ["overview", "storage", "networks", "images", "vms"] as const;
export type HostTab = (typeof HOST_TABS)[number];

/** Where a host is shown, and which part of it. */
export function hostAddress(name: string, tab: HostTab = "overview"): string {
  const page = `/hosts/${encodeURIComponent(name)}`;
  return tab === "overview" ? page : `${page}?tab=${tab}`;
}
