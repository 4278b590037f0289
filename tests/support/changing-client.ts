import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import type { Problem } from "@/lib/domain/problem";
import type { Stack } from "./stack";

export type Answer = Problem & { job_id: string };
export type Init = Parameters<Stack["api"]>[1];

export const patch = (body: JsonObject, headers: Record<string, string> = {}) => ({
  method: "PATCH",
  body,
  headers,
});
export const remove = (headers: Record<string, string> = {}) => ({ method: "DELETE", headers });

export function diskPath({ vm_id, disks }: VmView): string {
  return `/vms/${vm_id}/disks/${disks[0]?.disk_id}`;
}

export function nicPath({ vm_id, nics }: VmView): string {
  return `/vms/${vm_id}/nics/${nics[0]?.nic_id}`;
}

/** A client of a stack's API that changes things and waits for what comes of it. */
export class ChangingClient {
  readonly #stack: Stack;
  #made = 0;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  async vmNamed(name: string): Promise<VmView> {
    const { vms } = (await this.#stack.api<{ vms: VmView[] }>(`/vms?q=${name}`)).body;
    const found = vms.find(({ vm_name }) => vm_name === name);
    if (found === undefined) throw new Error(`There is no VM ${name}.`);
    return found;
  }

  /** Sends a change and waits until its job has ended. */
  async change(path: string, init: Init): Promise<JobView> {
    const { status, body } = await this.#stack.api<Answer>(path, init);
    if (status !== 202) throw new Error(`${path} was answered ${status}: ${body.detail ?? body.code}`);
    return this.#stack.endOf(body.job_id);
  }

  /** The same for a change that must succeed. */
  async done(path: string, init: Init): Promise<JobView> {
    const job = await this.change(path, init);
    if (job.state !== "succeeded") throw new Error(`${path} ended ${job.state}: ${job.error?.message}`);
    return job;
  }

  /** Sends what must be refused at once; gives status, code and the pointers of the fields that are to blame. */
  async refused(path: string, init: Init): Promise<[number, string, string[]]> {
    const { status, body } = await this.#stack.api<Answer>(path, init);
    if (!body.next) throw new Error(`${path} was answered ${status} without a next step.`);
    return [status, body.code, (body.errors ?? []).map(({ pointer }) => pointer)];
  }

  /** A VM of the test's own that is off, with a disk and an adapter. */
  async newVm(host = "hv01"): Promise<VmView> {
    this.#made += 1;
    const vm_name = `own-${this.#made}`;
    const body = { vm_name, target_host: host, os_family: "linux", gb_ram: 1, cpu_cores: 1 };
    const { vm_id } = (await this.done("/vms", { body })).outputs;
    await this.done(`/vms/${vm_id}/disks`, { body: { size_gb: 10 } });
    await this.done(`/vms/${vm_id}/nics`, { body: { network: "Servers" } });
    return this.vmNamed(vm_name);
  }
}
