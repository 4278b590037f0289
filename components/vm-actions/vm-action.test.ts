import { expect, it } from "vitest";
import { type ChosenVm, type VmChoice, whyUnavailable } from "./vm-action";

const vm = (of: Partial<ChosenVm> = {}): ChosenVm => ({
  ...{
    vm_id: "1",
    vm_name: "web01",
    host: "hv01",
    state: "running",
    cluster: "cluster01",
    cluster_role: null,
  },
  ...{ stale: false, missing_since: null, also_on: [] },
  ...of,
});
const role = { name: "web01", state: "online" } as const;

it("lets a VM that runs be chosen for deletion, as it can be turned off first, and for an edit", () => {
  expect(whyUnavailable("delete", vm())).toBeUndefined();
  expect(whyUnavailable("edit", vm())).toBeUndefined();
  expect(whyUnavailable("start", vm())).toBe("The VM is running already.");
  expect(whyUnavailable("delete", vm({ checkpoints: 1 }))).toContain("a checkpoint");
});

it("offers the role that there is to lose, or to get", () => {
  expect(whyUnavailable("cluster_add", vm())).toBeUndefined();
  expect(whyUnavailable("cluster_remove", vm())).toBe("It has no role in a cluster.");
  expect(whyUnavailable("cluster_add", vm({ cluster_role: role }))).toBe(
    "It is a role of the cluster already.",
  );
  expect(whyUnavailable("cluster_remove", vm({ cluster_role: role }))).toBeUndefined();
  expect(whyUnavailable("cluster_add", vm({ cluster: null }))).toBe("hv01 is in no cluster.");
});

it.each<VmChoice>(["shutdown", "edit", "delete", "cluster_add", "cluster_remove"])(
  "offers nothing of a VM whose host does not answer: %s",
  (choice) => {
    expect(
      whyUnavailable(choice, vm({ stale: true, cluster_role: choice === "cluster_remove" ? role : null })),
    ).toBe("hv01 could not be read, and nothing can be done with its VMs until it answers.");
  },
);
