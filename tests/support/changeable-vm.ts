import { vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { VmRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import type { PreparedJob } from "@/lib/provisioning/prepared-job";
import { FakeHypervisor } from "./fake-hypervisor";
import { hostRecord, vmRecord } from "./fake-records";
import { hostConfig, provisioning } from "./provisioning";

export const DISK_ID = "11111111-1111-4111-8111-111111111111";
export const NIC_ID = "22222222-2222-4222-8222-222222222222";
export const DISK_PATH = "C:\\ClusterStorage\\gold\\web-01.vhdx";
export const LOST = new AethervError("contact_lost", "Contact was lost.");
/** Of the cluster of hv01; the last is no host of AetherV. */
const NODES = ["HV01", "HV02", "HV09"].map((name) => ({ name, state: "up" as const }));

/**
 * The services over hv01 with the VM web-01 that is off and has a disk and an adapter, and hv02 beside it in the
 * cluster. Timers are the test's own.
 */
export async function changeableVm(changes: Partial<VmRecord> = {}) {
  const hypervisor = new FakeHypervisor("hv01", "hv02");
  const vm = vmRecord("web-01", {
    disks: [{ disk_id: DISK_ID, path: DISK_PATH, size_bytes: 20 * GB, file_bytes: GB }],
    nics: [
      {
        nic_id: NIC_ID,
        adapter_name: "front",
        network: "production",
        virtual_switch: "vSwitch",
        vlan_id: 10,
        mac_address: "00-15-5D-01-02-03",
        ip_addresses: [],
      },
    ],
    ...changes,
  });
  hypervisor.inventory("hv01").host = hostRecord("hv01", { cluster_nodes: NODES });
  hypervisor.inventory("hv01").vms.push(vm);
  const services = provisioning(hypervisor, [hostConfig("hv01"), hostConfig("hv02")]);
  await services.inventory.refresh();
  /** Runs the job to its end, however long that takes. */
  const run = async (prepared: PreparedJob) => {
    const { job_id } = prepared.start("operator");
    await vi.advanceTimersByTimeAsync(240_000);
    return services.jobs.get(job_id);
  };
  return { ...services, hypervisor, vm, run };
}

export type ChangeableVm = Awaited<ReturnType<typeof changeableVm>>;
