import type { VmView } from "@/lib/domain/inventory";
import type { InventoryService } from "@/lib/inventory/inventory-service";
import { versionOfDisk, versionOfNic, versionOfVm } from "@/lib/provisioning/version";
import { diskOf, nicOf } from "@/lib/provisioning/vm-parts";
import type { VmService } from "@/lib/provisioning/vm-service";
import type { ApiCall, ApiRuntime } from "./call";
import { readQuery, refreshQuery } from "./query";
import { versioned } from "./respond";

/**
 * Answers of a `GET` about the path's VM, each under the version of what it shows: as inventory has it, and with
 * `?refresh=true` as its host says now. All throw `vm_not_found`, and with `refresh` what any read of a host throws.
 */

type VmCall = ApiCall<ApiRuntime & { inventory: InventoryService; vms: VmService }>;

export async function answerVm(call: VmCall): Promise<Response> {
  const vm = await vmNow(call);
  return answer(call, vm, versionOfVm(vm), vm);
}

export async function answerDisks(call: VmCall): Promise<Response> {
  const vm = await vmNow(call);
  return answer(call, vm, versionOfVm(vm), { ...originOf(vm), disks: vm.disks });
}

/** @throws AethervError `disk_not_found` */
export async function answerDisk(call: VmCall): Promise<Response> {
  const vm = await vmNow(call);
  const disk = diskOf(vm, call.params.disk_id ?? "");
  return answer(call, vm, versionOfDisk(disk), { ...originOf(vm), ...disk });
}

export async function answerNics(call: VmCall): Promise<Response> {
  const vm = await vmNow(call);
  return answer(call, vm, versionOfVm(vm), { ...originOf(vm), nics: vm.nics });
}

/** @throws AethervError `nic_not_found` */
export async function answerNic(call: VmCall): Promise<Response> {
  const vm = await vmNow(call);
  const nic = nicOf(vm, call.params.nic_id ?? "");
  return answer(call, vm, versionOfNic(nic), { ...originOf(vm), ...nic });
}

async function vmNow(call: VmCall): Promise<VmView> {
  const { refresh } = readQuery(call, refreshQuery);
  const { vm_id = "" } = call.params;
  const { inventory, vms } = call.server;
  if (refresh) return vms.read(vm_id, call.request.signal);
  const vm = inventory.vm(vm_id);
  inventory.lookedAt(vm.host);
  return vm;
}

function answer(call: VmCall, vm: VmView, version: string, body: object): Response {
  return versioned(call, version, call.server.inventory.revisionOf(vm.host), () => body);
}

/** Whose part it is, and how old what is told of it is. */
function originOf({ vm_id, host, as_of, age_ms, stale }: VmView) {
  return { vm_id, host, as_of, age_ms, stale };
}
