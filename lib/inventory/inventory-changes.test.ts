import { describe, expect, it } from "vitest";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig } from "@/tests/support/provisioning";
import { InventoryService } from "./inventory-service";

function inventoryOf(hypervisor: FakeHypervisor) {
  const hosts = [...hypervisor.hosts.keys()].map(hostConfig);
  return new InventoryService({ hosts, hypervisor, periodSeconds: 60, diskRereadSeconds: 600 });
}

describe("the revisions of the inventory", () => {
  it("tells what has changed since a revision, and all of it where it does not know the revision", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    const [web, db] = [vmRecord("web-01"), vmRecord("db-01")];
    hypervisor.inventory("hv01").vms.push(web, db);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    const first = inventory.changes();
    expect(first).toMatchObject({ complete: true, revision: inventory.revision });
    expect(first.hosts.map(({ name }) => name)).toEqual(["hv01", "hv02"]);
    expect(first.vms.map(({ vm_name }) => vm_name)).toEqual(["db-01", "web-01"]);
    expect(inventory.changes(first.revision)).toEqual({
      revision: first.revision,
      complete: false,
      hosts: [],
      vms: [],
      removed_vms: [],
    });
    web.state = "running";
    await inventory.refresh("hv01");
    const second = inventory.changes(first.revision);
    expect(second).toMatchObject({ complete: false, hosts: [{ name: "hv01" }], removed_vms: [] });
    expect(second.vms).toMatchObject([{ vm_name: "web-01", state: "running" }]);
    hypervisor.inventory("hv01").vms = [web];
    await inventory.refresh();
    await inventory.refresh();
    expect(inventory.changes(second.revision).removed_vms).toEqual([db.vm_id]);
    for (const strange of ["", "x", "x.1", `${first.revision}0`, first.revision.replace(/.*\./, "other.")]) {
      expect(inventory.changes(strange).complete, strange).toBe(true);
    }
  });

  it("gives a host another revision whenever it or one of its VMs is told differently", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    const [one, other] = [inventory.revisionOf("hv01"), inventory.revisionOf("hv02")];
    inventory.note("hv01", vmRecord("web-01"));
    expect(inventory.revisionOf("hv01")).not.toBe(one);
    expect(inventory.revisionOf("hv02")).toBe(other);
  });
});
