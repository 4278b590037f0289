import type { HostConfig } from "@/lib/domain/host-config";
import { WinrmClient, type WinrmEndpoint } from "@/lib/winrm/client";
import { endpointOf } from "./endpoint";

/** A client for a host of the configuration. Nothing is connected before it is used. */
export function clientFor(host: HostConfig, timeouts: WinrmEndpoint["timeouts"]): WinrmClient {
  return new WinrmClient({ ...endpointOf(host), ...(timeouts === undefined ? {} : { timeouts }) });
}
