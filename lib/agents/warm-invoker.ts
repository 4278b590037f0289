import { randomBytes } from "node:crypto";
import type { HostConfig } from "@/lib/domain/host-config";
import type { JsonObject } from "@/lib/domain/json";
import { Redactor } from "@/lib/domain/redactor";
import type { WinrmEndpoint } from "@/lib/winrm/client";
import type { AgentCall } from "./agent-call";
import { AgentOutput } from "./agent-output";
import type { AgentScripts } from "./agent-scripts";
import { AgentStderr } from "./agent-stderr";
import { CallLog } from "./call-log";
import { conclude } from "./conclusion";
import { clientFor } from "./host-client";
import type { AgentInvoker, AgentIo } from "./invoker";
import { requestJson, secretTexts } from "./request";
import { WarmHost, type WarmSettings } from "./warm-host";

const DEFAULTS: WarmSettings = {
  // With those that served a call of their own, far below the 1,500 operations that hosts allow a user.
  calls: 200,
  // WinRM's default for all that runs in one shell is 1,024 MB (MaxMemoryPerShellMB).
  workingSetBytes: 512 * 1024 * 1024,
  // Hosts end a shell without requests after 15 minutes, as it was asked for.
  idleMs: 300_000,
};

/**
 * Two processes per host that serve one call after the other: one for calls that change something, one for reads. A
 * call gets a process of its own where its process is at another call, and where it waits for minutes.
 */
export class WarmAgentInvoker implements AgentInvoker {
  readonly #scripts: AgentScripts;
  readonly #settings: WarmSettings;
  readonly #timeouts: WinrmEndpoint["timeouts"];
  readonly #hosts = new Map<HostConfig, WarmHost>();

  constructor(
    scripts: AgentScripts,
    settings: Partial<WarmSettings> = {},
    timeouts?: WinrmEndpoint["timeouts"],
  ) {
    this.#scripts = scripts;
    this.#settings = { ...DEFAULTS, ...settings };
    this.#timeouts = timeouts;
  }

  async invoke(
    host: HostConfig,
    call: AgentCall,
    { log: write, signal, process, spent }: AgentIo,
  ): Promise<JsonObject> {
    const nonce = randomBytes(16).toString("hex");
    const log = new CallLog(write, new Redactor(secretTexts(call)));
    const output = new AgentOutput(nonce, log);
    const stderr = new AgentStderr(log);
    const traffic = { requests: 0, receivedBytes: 0 };
    const warmHost = this.#hostOf(host);
    const warmCall = { agent: call.agent, nonce, requestJson: requestJson(call, nonce), output, stderr };
    const ending =
      process === undefined || warmHost.isBusy(process)
        ? await warmHost.callAlone(warmCall, { signal, traffic })
        : await warmHost.call(process, warmCall, { signal, traffic });
    spent?.({ round_trips: traffic.requests, received_bytes: traffic.receivedBytes });
    output.end();
    stderr.end();
    return conclude(host, `${call.agent}/${call.operation} on ${host.name}`, ending, output.result, log);
  }

  /** Ends every process on the hosts, and deletes the shells. Calls under way fail. */
  async close(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.close()));
  }

  #hostOf(host: HostConfig): WarmHost {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const warmHost = new WarmHost(clientFor(host, this.#timeouts), this.#scripts, this.#settings);
    this.#hosts.set(host, warmHost);
    return warmHost;
  }
}
