import { expect, it } from "vitest";
import { GB } from "@/lib/domain/units";
import { type EditedVm, fixedFields, judgeEdit, statesFirst, valuesOfVm } from "./vm-edits";

const vm = (of: Partial<EditedVm> = {}): EditedVm => ({
  ...{ vm_name: "web01", memory_startup_bytes: 4 * GB, cpu_cores: 2, state: "off" },
  ...{ dynamic_memory: false, generation: 2, checkpoints: 0 },
  ...of,
});

it("says what the fields hold now, an odd amount of memory too", () => {
  expect(valuesOfVm(vm())).toEqual({ vm_name: "web01", gb_ram: 4, cpu_cores: 2 });
  expect(valuesOfVm(vm({ memory_startup_bytes: 1.5 * GB })).gb_ram).toBe(1.5);
});

it("lets all of a VM be changed that is off", () => {
  expect(fixedFields(vm())).toEqual({});
  expect(statesFirst(vm())).toEqual([]);
  expect(judgeEdit({ gb_ram: 2 }, vm())).toEqual([]);
});

it("lets a VM that runs get memory, and loses it none", () => {
  const running = vm({ state: "running" });
  expect(Object.keys(fixedFields(running))).toEqual(["cpu_cores"]);
  expect(judgeEdit({ gb_ram: 8 }, running)).toEqual([]);
  expect(judgeEdit({ gb_ram: 2 }, running)).toEqual([
    { pointer: "/gb_ram", message: "Memory can be taken away only while the VM is off; it is running." },
  ]);
  expect(judgeEdit({ vm_name: "web02" }, running)).toEqual([]);
  expect(statesFirst(running)).toHaveLength(2);
});

it("fixes the memory of a VM that runs with dynamic memory, and of one that is paused", () => {
  expect(Object.keys(fixedFields(vm({ state: "running", dynamic_memory: true })))).toEqual([
    "gb_ram",
    "cpu_cores",
  ]);
  expect(Object.keys(fixedFields(vm({ state: "paused" })))).toEqual(["gb_ram", "cpu_cores"]);
});
