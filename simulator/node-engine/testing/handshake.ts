import { expect, vi } from "vitest";
import type { AgentResult } from "../../agent-calls/event-writer";
import type { TestSimulation } from "./simulated-host";

/** How long a condition is waited for. Long, since many tests may share few processors. */
export const PATIENCE = { timeout: 20_000, interval: 5 };

/** The server's part of one initialization: the agent's calls, and waiting for the guest between them. */
export class Handshake {
  readonly #simulation: TestSimulation;
  readonly #vmId: string;
  readonly #osFamily: string;
  #staleKey: unknown = null;

  constructor(simulation: TestSimulation, vmId: string, osFamily: string) {
    this.#simulation = simulation;
    this.#vmId = vmId;
    this.#osFamily = osFamily;
  }

  async begin(spec: Record<string, unknown> = {}): Promise<AgentResult> {
    const result = await this.call("begin", {
      os_family: this.#osFamily,
      meta_version: "1.0.0",
      force: false,
      ...spec,
    });
    this.#staleKey = result.outputs.stale_key_fingerprint ?? null;
    return result;
  }

  /** Waits for a key that was not there before the VM was started, and gives its fingerprint. */
  async guestKey(): Promise<string> {
    return vi.waitFor(async () => {
      const { outputs } = await this.call("status");
      expect(outputs.guest_state).toBe("waitingforaeskey");
      expect(outputs.key_fingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect(outputs.key_fingerprint).not.toBe(this.#staleKey);
      return String(outputs.key_fingerprint);
    }, PATIENCE);
  }

  async publish(fingerprint: string, config: Record<string, string>): Promise<AgentResult> {
    const spec = { os_family: this.#osFamily, key_fingerprint: fingerprint };
    return this.call("publish", spec, config);
  }

  async guestState(state: string): Promise<Record<string, unknown>> {
    return vi.waitFor(async () => {
      const { outputs } = await this.call("status");
      expect(outputs.guest_state).toBe(state);
      return outputs;
    }, PATIENCE);
  }

  /** All of it, up to what the guest reports. */
  async run(config: Record<string, string>): Promise<void> {
    expect((await this.begin()).error).toBeNull();
    expect((await this.publish(await this.guestKey(), config)).error).toBeNull();
    expect((await this.call("announce")).error).toBeNull();
    await this.guestState("provisioningapplied");
  }

  async call(
    operation: string,
    spec: Record<string, unknown> = {},
    config?: Record<string, string>,
  ): Promise<AgentResult> {
    const answer = await this.#simulation.call({
      agent: "initialization",
      operation,
      spec: { vm_id: this.#vmId, ...spec },
      ...(config === undefined ? {} : { guest_config: config }),
    });
    if (answer.result === null) throw new Error(`${operation} ended without a result.`);
    return answer.result;
  }
}

/** Values that guests and hosts are known to get wrong; a blank one among them. */
export const DIFFICULT: Record<string, string> = {
  ansible_ssh_key: `ssh-ed25519 ${"A".repeat(400)} operator@example`,
  guest_host_name: "web02",
  guest_la_pw: `p"a'ss\\w\\\\ord  two $spaces |pipe|`,
  guest_la_uid: "Jürgen Größe – 管理者 \u{1f511}",
  guest_net_dns_suffix: "   ",
  guest_v4_ip_addr: "10.20.10.77",
};

/** What arrives of {@link DIFFICULT}. */
export const ARRIVING = Object.fromEntries(
  Object.entries(DIFFICULT).filter(([name]) => name !== "guest_net_dns_suffix"),
);
