import { addHardDiskDrive } from "@/simulator/host/drives";
import { newVhd } from "@/simulator/host/storage";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { DISK, GIBIBYTE, GOLD, NOBODY } from "./parts";

/** A disk by its name. */
export function disk(path: string) {
  return `disk:${path}`;
}

/** A VM of generation 1, whose disk is on an IDE controller. */
export function oldVm(world: World, state: "off" | "running"): void {
  const host = world.host();
  const vm = newVm(host, { name: "old", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\old`, generation: 1 });
  newVhd(host, { path: `${GOLD}\\old\\old.vhdx`, virtualBytes: GIBIBYTE, type: "dynamic" });
  addHardDiskDrive(host, vm, `${GOLD}\\old\\old.vhdx`);
  vm.state = state;
}

/** An operation on a disk that is not there, or another VM's. */
export function diskNotFound(call: Scenario["call"], spec: Record<string, unknown>): Scenario[] {
  const fails = { code: "disk_not_found", target: "disk_id" };
  return [
    { call, title: "a disk that does not exist is not found", spec: { ...spec, disk_id: NOBODY }, fails },
    { call, title: "a disk of another VM is not found", spec: { ...spec, disk_id: disk(DISK.dc01) }, fails },
  ];
}
