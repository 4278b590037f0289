import type { Scenario } from "../support/scenario";

const SHARE = { path: "\\\\corp.example\\SYSVOL", reached: false };
const NOTHING_MISSING = { code: null, problem: null, missing_paths: [], missing_switches: [] };

const HEALTHY = {
  powershell_version: "<version>",
  language_mode: "FullLanguage",
  hyperv_module: { problem: null },
  service: { status: "running" },
  rights: { problem: null },
  share: SHARE,
  cluster: { problem: null },
  resources: NOTHING_MISSING,
};

function check(
  title: string,
  more: Pick<Scenario, "given" | "host">,
  differs: Record<string, unknown>,
): Scenario {
  return { call: "host/check", title, ...more, spec: {}, outputs: { ...HEALTHY, ...differs } };
}

function condition(title: string, name: string, differs: Record<string, unknown>): Scenario {
  return check(
    title,
    { given: (world) => world.fault({ kind: "host_condition", condition: name }) },
    differs,
  );
}

export const HOST: Scenario[] = [
  check("finds all that is needed on a node of a cluster", {}, {}),
  check("finds all that is needed on a host by itself", { host: "hv03" }, { cluster: null }),
  condition("finds that credentials travel on to file shares", "credentials_travel", {
    share: { ...SHARE, reached: true },
  }),
  condition("finds that Hyper-V's service is stopped, and asks it for nothing", "vmms_stopped", {
    service: { status: "stopped" },
    rights: null,
  }),
  condition("finds that the account may not use Hyper-V", "no_hyperv_rights", {
    rights: { problem: "<words>" },
  }),
  condition("finds that the account may not ask the cluster", "cluster_silent", {
    cluster: { problem: "<words>" },
  }),
  check(
    "finds no resources file",
    { given: (world) => world.resources(null) },
    { resources: { ...NOTHING_MISSING, code: "host_resources_missing", problem: "<words>" } },
  ),
  check(
    "finds a resources file that is not valid",
    { given: (world) => world.resources({ networks: "none" }) },
    { resources: { ...NOTHING_MISSING, code: "host_resources_invalid", problem: "<words>" } },
  ),
  check(
    "finds paths of the resources file that lead nowhere, and switches that are not there",
    {
      given: (world) =>
        world.resources({
          virtual_machines_path: "\\\\files01\\VMs",
          storage_classes: [{ name: "lost", path: "E:\\Hyper-V" }],
          images: [{ name: "Gone", path: "C:\\ClusterStorage\\Volume1\\DiskImages\\gone.vhdx" }],
          provisioning_media: [{ os_family: "linux", path: "C:\\gone.iso" }],
          networks: [
            { name: "Lost", model: "vlan", configuration: { virtual_switch: "None", vlan_id: 5 } },
            { name: "DMZ", model: "vlan", configuration: { virtual_switch: "perimeter", vlan_id: 6 } },
          ],
        }),
    },
    {
      resources: {
        ...NOTHING_MISSING,
        missing_paths: [
          "\\\\files01\\VMs",
          "E:\\Hyper-V",
          "C:\\ClusterStorage\\Volume1\\DiskImages\\gone.vhdx",
          "C:\\gone.iso",
        ],
        missing_switches: ["None"],
      },
    },
  ),
];
