import { type ApiOperation, refreshableRead, submission } from "../api-operation";

export const nicOperations: readonly ApiOperation[] = [
  refreshableRead({
    path: "/vms/{vm_id}/nics",
    id: "listNics",
    tag: "nics",
    summary: "List a VM's network adapters",
    view: "NicList",
  }),
  submission({
    path: "/vms/{vm_id}/nics",
    id: "createNic",
    tag: "nics",
    summary: "Add a network adapter to a VM",
    description: "The job's outputs hold `nic_id`.",
    body: { target: "nic" },
    problems: ["vm_not_found", "vm_not_off", "network_not_found", "mac_address_taken"],
  }),
  refreshableRead({
    path: "/vms/{vm_id}/nics/{nic_id}",
    id: "getNic",
    tag: "nics",
    summary: "Read a network adapter",
    view: "VmNic",
    problems: ["nic_not_found"],
  }),
  submission({
    method: "PATCH",
    path: "/vms/{vm_id}/nics/{nic_id}",
    id: "updateNic",
    tag: "nics",
    summary: "Change a network adapter",
    body: { update: "nic" },
    conditional: true,
    problems: ["vm_not_found", "nic_not_found", "vm_not_off", "network_not_found", "mac_address_taken"],
  }),
  submission({
    method: "DELETE",
    path: "/vms/{vm_id}/nics/{nic_id}",
    id: "deleteNic",
    tag: "nics",
    summary: "Remove a network adapter from its VM",
    conditional: true,
    problems: ["vm_not_found", "nic_not_found", "vm_not_off"],
  }),
];
