/** Where a cluster is shown. */
export function clusterAddress(name: string): string {
  return `/clusters/${encodeURIComponent(name)}`;
}
