import { randomUUID } from "node:crypto";
import type { Host, VirtualMachine } from "./model";
import { getVhd, newDifferencingVhd } from "./storage";
import { pathKey } from "./windows-path";

/** Like `Checkpoint-VM`: from now on each disk writes into a differencing disk (`.avhdx`) of its own. */
export function addCheckpoint(
  host: Host,
  vm: VirtualMachine,
  name: string,
  guid: string = randomUUID(),
): void {
  const id = guid.toUpperCase();
  for (const drive of vm.hardDiskDrives) {
    const path = drive.path.replace(/(_[0-9A-F-]{36})?\.a?vhdx$/i, `_${id}.avhdx`);
    newDifferencingVhd(host, getVhd(host, drive.path), path);
    const entry = `disk:${pathKey(drive.path)}`;
    vm.bootOrder = vm.bootOrder.map((device) => (device === entry ? `disk:${pathKey(path)}` : device));
    drive.path = path;
  }
  vm.checkpoints.push(name);
}
