import { Empty } from "@/components/ui/empty";

/** In the place of a list of hosts while there is none. */
export function NoHosts() {
  return (
    <Empty title="No hosts are configured">Name them in aetherv.config.json and restart the server.</Empty>
  );
}
