import type { Host } from "./model";
import { demoHosts } from "./seed-hosts";

/** The three hosts with storage, networks and images, and no VM on them. */
export function seedEmpty(): Host[] {
  return demoHosts();
}
