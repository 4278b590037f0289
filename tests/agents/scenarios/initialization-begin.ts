import { addDvdDrive } from "@/simulator/host/drives";
import { addMedia } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { GUEST_KEY, offers } from "./guest";
import { DISK, invalid, marker, SILVER, step, vmNotFound } from "./parts";

const SPEC = { vm_id: "vm:build-old", os_family: "linux", meta_version: "1.0.0", force: false };
const ISO = "C:\\ISO\\provisioning-linux.iso";
const COPY = `${SILVER}\\build-old\\provisioning-vm:build-old.iso`;

/** The handshake's items stand there and the VM runs; its guest has no address yet that anybody saw. */
const BEGUN = {
  "vm:build-old.state": "running",
  "vm:build-old.adapters": [
    {
      nic_id: "nic:build-old/Network Adapter",
      name: "Network Adapter",
      switch: "Datacenter",
      vlan_id: 20,
      dynamic_mac: true,
      mac: "00155D010003",
      ip_addresses: [],
    },
  ],
  "vm:build-old.kvp.host.hlvmm.meta.version": "1.0.0",
  "vm:build-old.kvp.host.hlvmm.meta.host_provisioning_system_state": "waitingforpublickey",
};

/** The host has an ISO for Linux. */
function media(world: World, entry: Record<string, unknown> = {}): void {
  world.resources({ provisioning_media: [{ os_family: "linux", path: ISO, ...entry }] });
}

function mediaFile(world: World): void {
  addMedia(world.host(), ISO, 4096);
}

export const INITIALIZATION_BEGIN: Scenario[] = [
  {
    call: "initialization/begin",
    title: "writes the host's side of the handshake and starts the VM",
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    changes: BEGUN,
  },
  {
    call: "initialization/begin",
    title: "within a deployment moves the marker on",
    context: step(4),
    given: (world) => {
      world.vm("build-old").notes = marker(3);
    },
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    changes: { ...BEGUN, "vm:build-old.notes": marker(4) },
  },
  {
    call: "initialization/begin",
    title: "removes stale items of the host's, and no others, and names the guest's stale key",
    given: (world) => {
      offers(world, "build-old", {
        "hlvmm.data.guest_la_pw": "old",
        "hlvmm.meta.shared_aes_key": "old",
        other: "stays",
      });
      world.fleet.kvp.setGuestItem(world.vm("build-old"), GUEST_KEY.item, GUEST_KEY.pkcs1);
    },
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: GUEST_KEY.fingerprint.pkcs1 },
    changes: {
      ...BEGUN,
      "vm:build-old.kvp.host.hlvmm.data.guest_la_pw": null,
      "vm:build-old.kvp.host.hlvmm.meta.shared_aes_key": null,
    },
  },
  {
    call: "initialization/begin",
    title: "refuses a VM that was initialized before",
    given: (world) => offers(world, "build-old", { "hlvmm.meta.version": "1.0.0" }),
    spec: SPEC,
    fails: { code: "already_initialized", target: "vm_id" },
  },
  {
    call: "initialization/begin",
    title: "initializes it again where that is forced",
    given: (world) => offers(world, "build-old", { "hlvmm.meta.version": "0.9.0", "hlvmm.data.a": "old" }),
    spec: { ...SPEC, force: true },
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    changes: { ...BEGUN, "vm:build-old.kvp.host.hlvmm.data.a": null },
  },
  {
    call: "initialization/begin",
    title: "refuses a VM that runs, also where it is forced",
    spec: { ...SPEC, vm_id: "vm:dc01", force: true },
    fails: { code: "vm_not_off", target: "vm_id" },
  },
  {
    call: "initialization/begin",
    title: "refuses a VM that is saved",
    given: (world) => {
      world.vm("build-old").state = "saved";
    },
    spec: SPEC,
    fails: { code: "vm_not_off", target: "vm_id" },
  },
  {
    call: "initialization/begin",
    title: "tells when Hyper-V takes no items",
    given: (world) => world.fault({ kind: "kvp_refused", times: null }),
    spec: SPEC,
    fails: { code: "kvp_write_failed", target: null },
  },
  {
    call: "initialization/begin",
    title: "a VM that does not start keeps nothing of the handshake, and no media",
    given: (world) => {
      media(world);
      mediaFile(world);
      addDvdDrive(world.host(), world.vm("build-old"), null);
      world.vm("build-old").memoryStartupBytes = 300 * 2 ** 30;
    },
    spec: SPEC,
    fails: { code: "hyperv_error", target: null, message: /memory/i },
    streams: ["progress"],
  },
  {
    call: "initialization/begin",
    title: "inserts a copy of the provisioning media, and boots from the disk all the same",
    given: (world) => {
      media(world, { protocols: [2, 1], version: "3" });
      mediaFile(world);
    },
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    streams: ["progress"],
    changes: {
      ...BEGUN,
      [`media:${COPY}`]: { file_bytes: 4096 },
      "vm:build-old.dvds": [COPY],
      "vm:build-old.boot_order": [
        `disk:${DISK.buildOld.toLowerCase()}`,
        "nic:nic:build-old/Network Adapter",
        "dvd:0:1",
      ],
    },
  },
  {
    call: "initialization/begin",
    title: "uses an empty DVD drive, replaces a copy that was left, and puts the disk first",
    given: (world) => {
      media(world);
      mediaFile(world);
      const vm = world.vm("build-old");
      addMedia(world.host(), `${vm.path}\\provisioning-${vm.id}.iso`, 1);
      addMedia(world.host(), "C:\\ISO\\tools.iso", 1);
      addDvdDrive(world.host(), vm, "C:\\ISO\\tools.iso");
      addDvdDrive(world.host(), vm, null);
      vm.bootOrder.reverse();
    },
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    streams: ["progress"],
    changes: {
      ...BEGUN,
      [`media:${COPY}`]: { file_bytes: 4096 },
      "vm:build-old.dvds": ["C:\\ISO\\tools.iso", COPY],
      "vm:build-old.boot_order": [
        `disk:${DISK.buildOld.toLowerCase()}`,
        "dvd:0:2",
        "dvd:0:1",
        "nic:nic:build-old/Network Adapter",
      ],
    },
  },
  ...[
    { title: "media for Windows alone", entry: { os_family: "windows" } },
    { title: "media that speaks another protocol", entry: { protocols: [2] } },
  ].map(
    ({ title, entry }): Scenario => ({
      call: "initialization/begin",
      title: `does not insert ${title}`,
      given: (world) => media(world, entry),
      spec: SPEC,
      outputs: { vm_name: "build-old", stale_key_fingerprint: null },
      changes: BEGUN,
    }),
  ),
  {
    call: "initialization/begin",
    title: "goes on without the resources file, for a host needs none",
    given: (world) => world.resources(null),
    spec: SPEC,
    outputs: { vm_name: "build-old", stale_key_fingerprint: null },
    changes: BEGUN,
  },
  {
    call: "initialization/begin",
    title: "refuses a resources file that is wrong",
    given: (world) => world.resources("[]"),
    spec: SPEC,
    fails: { code: "host_resources_invalid", target: null },
  },
  {
    call: "initialization/begin",
    title: "refuses media whose file is not there",
    given: (world) => media(world),
    spec: SPEC,
    fails: { code: "provisioning_media_missing", target: null },
  },
  {
    call: "initialization/begin",
    title: "tells when there is no room for the copy of the media",
    given: (world) => {
      media(world);
      mediaFile(world);
      for (const volume of world.host().volumes) {
        if (SILVER.startsWith(volume.mount)) volume.otherBytes = volume.capacityBytes;
      }
    },
    spec: SPEC,
    fails: { code: "storage_full", target: null },
  },
  ...vmNotFound("initialization/begin", SPEC),
  ...invalid("initialization/begin", SPEC, [
    ["vm_id", undefined],
    ["os_family", "solaris"],
    ["os_family", undefined],
    ["meta_version", undefined],
    ["meta_version", 1],
    ["force", "yes"],
  ]),
];
