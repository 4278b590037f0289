import { describe, expect, it } from "vitest";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig, linuxRequest, provisioning } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";
import { findJob } from "./find-job";

const EARLIER = "00000000-0123456789abcdef";

async function afterRestart(marker: object) {
  const hypervisor = new FakeHypervisor("hv01", "hv02");
  const notes = `Ours.\n--- aetherv begin ---\n${JSON.stringify(marker)}\n--- aetherv end ---\n`;
  const vm = vmRecord("web-01", { notes });
  hypervisor.inventory("hv02").vms.push(vmRecord("other"), vm);
  const services = provisioning(hypervisor, ["hv01", "hv02"].map(hostConfig));
  await services.inventory.refresh();
  const find = (jobId: string) => findJob(services.jobs, services.inventory, jobId);
  return { ...services, vm, find };
}

describe("a job of an earlier run", () => {
  it.each([
    ["is complete", { deployment_id: EARLIER, completed: "2026-01-02T03:04:05Z" }],
    ["was left unfinished", { deployment_id: EARLIER, step: 2, steps: 4, request: { vm_name: "web-01" } }],
  ])("names the VM that bears its id in its Notes, and that it %s", async (state, marker) => {
    const { find, vm } = await afterRestart(marker);
    const gone = thrownBy(() => find(EARLIER));
    expect(gone.code).toBe("job_gone");
    expect(gone.message).toContain(`It made VM web-01 on hv02, which ${state}.`);
    expect(gone.next).toContain(`/api/v1/vms/${vm.vm_id}`);
    expect(gone.vm).toEqual({ vm_id: vm.vm_id, vm_name: "web-01", host: "hv02" });
  });

  it("names none where no host lists one", async () => {
    const { find } = await afterRestart({ deployment_id: "00000000-aaaaaaaaaaaaaaaa" });
    const gone = thrownBy(() => find(EARLIER));
    expect(gone.code).toBe("job_gone");
    expect(gone.message).not.toContain("web-01");
    expect(gone.vm).toBeNull();
  });
});

it("is given as it is while it is kept, and is not found where it never was", async () => {
  const { find, deployments } = await afterRestart({});
  const { job_id } = deployments.create(linuxRequest({ vm_name: "new-01" })).start("operator");
  expect(find(job_id)).toMatchObject({ job_id, vm_name: "new-01" });
  expect(thrownBy(() => find("never")).code).toBe("job_not_found");
});
