import { withoutSecrets } from "@/lib/domain/field-values";
import type { DiskRecord, NicRecord, VmRecord } from "@/lib/domain/inventory";
import { FakeHypervisor } from "./fake-hypervisor";
import { vmRecord } from "./fake-records";
import { hostConfig, linuxRequest, provisioning } from "./provisioning";

export const EARLIER = "00000000-0123456789abcdef";
export const PATH = "C:\\ClusterStorage\\gold\\web-01\\web-01.vhdx";

/** The marker of a deployment that came as far as to this step. */
export function markerAt(step: number, changes: object = {}) {
  const told = { since: "2026-01-02T03:04:05.678Z", actor: "somebody" };
  const began = withoutSecrets(linuxRequest());
  return { deployment_id: EARLIER, step, steps: 4, ...told, request: began, ...changes };
}

export function diskAt(path: string): DiskRecord {
  return { disk_id: "d", path, size_bytes: 1, file_bytes: 1 };
}

export function nicIn(network: string | null): NicRecord {
  return {
    nic_id: `nic-in-${network}`,
    adapter_name: "Network Adapter",
    network,
    virtual_switch: "vSwitch",
    vlan_id: null,
    mac_address: null,
    ip_addresses: [],
  };
}

/** The services over two hosts, on the first of which stands a VM that bears the marker. */
export async function leftDeployment(marker: object, changes: Partial<VmRecord> = {}) {
  const hypervisor = new FakeHypervisor("hv01", "hv02");
  const notes = `Ours.\n--- aetherv begin ---\n${JSON.stringify(marker)}\n--- aetherv end ---\n`;
  const vm = vmRecord("web-01", { notes, ...changes });
  hypervisor.inventory("hv01").vms.push(vmRecord("other"), vm);
  const services = provisioning(hypervisor, ["hv01", "hv02"].map(hostConfig));
  await services.inventory.refresh();
  return { ...services, vm, hypervisor };
}
