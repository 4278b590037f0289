import { toAethervError } from "@/lib/domain/errors";
import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { HostRecord, HostView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JobService } from "@/lib/jobs/job-service";
import * as hostChecks from "./host-checks";
import type { InventoryPort } from "./inventory-port";
import type { Refusal } from "./refusal";

/**
 * What can be said against a request before anything is created, from what the hosts last said. It
 * spares the operator a job that cannot succeed; the agents check again on the host itself.
 */
export class Preflight {
  readonly #inventory: InventoryPort;
  readonly #jobs: JobService;

  constructor(inventory: InventoryPort, jobs: JobService) {
    this.#inventory = inventory;
    this.#jobs = jobs;
  }

  /** A managed deployment: everything about its VM, disk and adapter together. */
  deployment(body: FieldValues): Refusal[] {
    return this.#onTargetHost(body, (host) => [
      ...this.#vmOn(host, body),
      ...this.#diskOn(host, body, textField(body, "os_family")),
      ...this.#nicOn(host, body),
      ...(host.record === null ? [] : hostChecks.sharedStorage(host.record, body)),
    ]);
  }

  /** Why the VM of a managed deployment cannot become a role of a cluster, whatever it prefers. */
  clustering(body: FieldValues): Refusal[] {
    const required = { ...body, cluster_preference: "required" };
    return this.#onTargetHost(required, ({ name, record }) =>
      record === null
        ? []
        : [...hostChecks.cluster(name, record, required), ...hostChecks.sharedStorage(record, required)],
    );
  }

  vm(body: FieldValues): Refusal[] {
    return this.#onTargetHost(body, (host) => this.#vmOn(host, body));
  }

  /** @param osFamily the VM's family, where the request says it; null: it is not known. */
  disk(host: string, body: FieldValues, osFamily: string | null): Refusal[] {
    return this.#diskOn(this.#inventory.host(host), body, osFamily);
  }

  /** @param nicId the adapter that is changed: its own address is not taken by another; null: it is a new one. */
  nic(host: string, body: FieldValues, nicId: string | null = null): Refusal[] {
    return this.#nicOn(this.#inventory.host(host), body, nicId);
  }

  /** A name is in use if any host has it, or last had it, or if an unfinished job is about to create it. */
  vmName(name: string): Refusal[] {
    const wanted = name.toLowerCase();
    const vm = this.#inventory.vms().find(({ vm_name }) => vm_name.toLowerCase() === wanted);
    if (vm !== undefined) {
      const seen = vm.stale
        ? `was last seen on ${vm.host}, which does not answer now`
        : `exists on ${vm.host}`;
      return [nameTaken(`A VM named ${vm.vm_name} ${seen}.`)];
    }
    const job = this.#jobs.unfinished().find((other) => gives(other, wanted));
    if (job === undefined) return [];
    return [nameTaken(`Job ${job.job_id} is about to give a VM on ${job.host} this name.`)];
  }

  /** What speaks against the request on the host that it names; or that there is no such host. */
  #onTargetHost(body: FieldValues, refusals: (host: HostView) => Refusal[]): Refusal[] {
    let host: HostView;
    try {
      host = this.#inventory.host(textField(body, "target_host") ?? "");
    } catch (thrown) {
      const { code, message } = toAethervError(thrown);
      return [{ code, pointer: "/target_host", message }];
    }
    return refusals(host);
  }

  #vmOn(host: HostView, body: FieldValues): Refusal[] {
    const refusals = this.vmName(textField(body, "vm_name") ?? "");
    if (host.record === null) return refusals;
    return [
      ...refusals,
      ...hostChecks.resources(host.name, host.record),
      ...hostChecks.processors(host.name, host.record, body),
      ...hostChecks.cluster(host.name, host.record, body),
      ...(current(host) ? hostChecks.memory(host.name, host.record, body) : []),
    ];
  }

  #diskOn(host: HostView, body: FieldValues, osFamily: string | null): Refusal[] {
    const record = readable(host);
    if (record === null) return [];
    return [
      ...hostChecks.image(host.name, record, body, osFamily),
      ...hostChecks.storageClass(host.name, record, body),
      ...(current(host) ? hostChecks.space(host.name, record, body) : []),
    ];
  }

  #nicOn(host: HostView, body: FieldValues, nicId: string | null = null): Refusal[] {
    const record = readable(host);
    if (record === null) return [];
    const adapters = this.#inventory
      .vms()
      .filter((vm) => vm.host === host.name)
      .flatMap((vm) => vm.nics.map((nic) => ({ id: nic.nic_id, vm: vm.vm_name, mac: nic.mac_address })))
      .filter(({ id }) => id !== nicId);
    return [
      ...hostChecks.network(host.name, record, body),
      ...hostChecks.macAddress(host.name, adapters, body),
    ];
  }
}

function gives(job: JobView, name: string): boolean {
  const { vm_name } = job.request;
  if (job.kind === "vm.update") return typeof vm_name === "string" && vm_name.toLowerCase() === name;
  const creating = job.kind === "managed_deployment" || job.kind === "vm.create";
  return creating && job.vm_name?.toLowerCase() === name;
}

function nameTaken(message: string): Refusal {
  return { code: "vm_name_taken", pointer: "/vm_name", message };
}

/** Free memory and free space change: what a host said before it stopped answering proves nothing. */
function current(host: HostView): boolean {
  return host.state === "online";
}

/** null: the host was never read, or its resources file is unusable, which is reported by itself. */
function readable(host: HostView): HostRecord | null {
  return host.record?.resources_error === null ? host.record : null;
}
