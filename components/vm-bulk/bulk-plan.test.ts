import { expect, it } from "vitest";
import type { VmSummary } from "@/lib/domain/inventory";
import { vmSummary } from "@/tests/support/vm-summaries";
import { type BulkVm, planOf, type Sorted } from "./bulk-plan";

const vm = (name: string, more: Partial<VmSummary> = {}, stale = false) => ({
  ...{ vm: vmSummary(name, { host: "hv01", ...more }), stale },
});
const names = ({ able, left }: Sorted<BulkVm>) => ({
  able: able.map(({ vm: { vm_name } }) => vm_name),
  left: left.map(({ why, items }) => [why, ...items.map(({ vm: { vm_name } }) => vm_name)]),
});

it("leaves out what cannot take the action, those of one reason together", () => {
  const vms = [
    vm("db", { state: "running" }),
    vm("web", { state: "off" }),
    vm("mail", { state: "off" }),
    vm("lost", { state: "running" }, true),
    vm("old", { state: "paused" }),
  ];
  expect(names(planOf("shutdown", vms))).toEqual({
    able: ["db"],
    left: [
      ["The VM is off already.", "web", "mail"],
      ["hv01 could not be read, and nothing can be done with its VMs until it answers.", "lost"],
      ["Its guest can be asked to shut down only while the VM is running; it is paused.", "old"],
    ],
  });
});

it("takes what runs among what is deleted: that is asked apart", () => {
  const vms = [
    vm("db", { state: "running" }),
    vm("web", { state: "off" }),
    vm("kept", { state: "off", checkpoints: 2 }),
    vm("twice", { state: "off", also_on: ["hv02"] }),
  ];
  const plan = names(planOf("delete", vms));
  expect(plan.able).toEqual(["db", "web"]);
  expect(plan.left.map(([, ...of]) => of)).toEqual([["kept"], ["twice"]]);
  expect(plan.left[0]?.[0]).toContain("2 checkpoints");
});
