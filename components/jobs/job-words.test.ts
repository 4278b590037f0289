import { expect, it } from "vitest";
import type { JobView } from "@/lib/domain/job";
import { CLUSTER_ACTIONS, POWER_ACTIONS } from "@/lib/domain/power-actions";
import { jobTitle, jobWord } from "./job-words";

const job = (kind: JobView["kind"], request: JobView["request"]) => ({
  ...{ kind, request, host: "hv01", vm_name: "web01", vm_id: "id-of-web01" },
});

it("calls a job by what it does, and for which VM", () => {
  expect(jobTitle(job("vm.create", {}))).toBe("Create VM: web01");
  expect(jobTitle(job("vm.power", { action: "shutdown" }))).toBe("Shut down: web01");
  expect(jobTitle(job("vm.power", { action: "turn_off" }))).toBe("Turn off: web01");
  expect(jobTitle(job("vm.cluster", { action: "remove" }))).toBe("Remove from the cluster: web01");
  expect(jobTitle({ ...job("host.check", {}), vm_name: null, vm_id: null })).toBe("Test connection: hv01");
});

it("has a word of its own for every action that a kind stands for", () => {
  const power = POWER_ACTIONS.map((action) => jobWord(job("vm.power", { action })));
  const cluster = CLUSTER_ACTIONS.map((action) => jobWord(job("vm.cluster", { action })));
  expect(new Set([...power, ...cluster]).size).toBe(POWER_ACTIONS.length + CLUSTER_ACTIONS.length);
});

it("calls one whose request it does not know by its kind", () => {
  expect(jobWord(job("vm.power", {}))).toBe("Power action");
  expect(jobWord(job("vm.power", { action: "constructor" }))).toBe("Power action");
  expect(jobWord(job("vm.create", { action: "start" }))).toBe("Create VM");
});
