/** The parts of a host's page, as they stand in its address. */
export const HOST_TABS = ["overview", "storage", "networks", "images", "vms"] as const;
