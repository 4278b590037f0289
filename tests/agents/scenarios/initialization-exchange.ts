import { NAME } from "@/simulator/guest/kvp-names";
import { addDvdDrive } from "@/simulator/host/drives";
import { addMedia } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { chunked, GUEST_KEY, offers, says } from "./guest";
import { COMPLETED, invalid, marker, SILVER, step, vmNotFound } from "./parts";

const VM = "build-old";
const HOST_ITEM = `vm:${VM}.kvp.host.`;

const SILENT = {
  vm_state: "running",
  host_state: null,
  guest_state: null,
  key_fingerprint: null,
  guest_error: null,
};

export const INITIALIZATION_STATUS: Scenario[] = [
  {
    call: "initialization/status",
    title: "of a VM that is off says so, and nothing about its guest",
    spec: { vm_id: `vm:${VM}` },
    outputs: { ...SILENT, vm_state: "off" },
  },
  {
    call: "initialization/status",
    title: "gives what the guest says",
    given: (world) =>
      says(world, VM, {
        [NAME.guestState]: "provisioningfailed",
        [NAME.error]: "error apply:größe <&>",
        [GUEST_KEY.item]: GUEST_KEY.capi,
      }),
    spec: { vm_id: `vm:${VM}` },
    outputs: {
      ...SILENT,
      guest_state: "provisioningfailed",
      key_fingerprint: GUEST_KEY.fingerprint.capi,
      guest_error: "error apply:größe <&>",
    },
  },
  {
    call: "initialization/status",
    title: "gives what the host has told the guest",
    given: (world) => offers(world, VM, { [NAME.hostState]: "provisioningdatapublished" }),
    spec: { vm_id: `vm:${VM}` },
    outputs: { ...SILENT, vm_state: "off", host_state: "provisioningdatapublished" },
  },
  {
    call: "initialization/status",
    title: "joins the chunks of a key",
    given: (world) => says(world, VM, { [NAME.guestState]: "waitingforaeskey", ...chunked(GUEST_KEY.pkcs1) }),
    spec: { vm_id: `vm:${VM}` },
    outputs: { ...SILENT, guest_state: "waitingforaeskey", key_fingerprint: GUEST_KEY.fingerprint.pkcs1 },
  },
  {
    call: "initialization/status",
    title: "has no fingerprint for what is no base64 yet",
    given: (world) => says(world, VM, { [GUEST_KEY.item]: "MIIB!" }),
    spec: { vm_id: `vm:${VM}` },
    outputs: SILENT,
  },
  ...vmNotFound("initialization/status"),
  ...invalid("initialization/status", {}, [["vm_id", undefined]]),
];

const STATE = `${HOST_ITEM}${NAME.hostState}`;

export const INITIALIZATION_ANNOUNCE: Scenario[] = [
  {
    call: "initialization/announce",
    title: "tells the guest that everything stands there",
    given: (world) => offers(world, VM, { [NAME.hostState]: "waitingforpublickey" }),
    spec: { vm_id: `vm:${VM}` },
    outputs: {},
    changes: { [STATE]: "provisioningdatapublished" },
  },
  {
    call: "initialization/announce",
    title: "tells it also where nothing stood there",
    spec: { vm_id: `vm:${VM}` },
    outputs: {},
    changes: { [STATE]: "provisioningdatapublished" },
  },
  {
    call: "initialization/announce",
    title: "tells when Hyper-V takes no items",
    given: (world) => world.fault({ kind: "kvp_refused", times: null }),
    spec: { vm_id: `vm:${VM}` },
    fails: { code: "kvp_write_failed", target: null },
  },
  ...vmNotFound("initialization/announce"),
  ...invalid("initialization/announce", {}, [["vm_id", "build-old"]]),
];

/** After an exchange: secrets and their like, and what stays. */
function exchanged(world: World): void {
  offers(world, VM, {
    [NAME.version]: "1.0.0",
    [NAME.hostState]: "provisioningdatapublished",
    [NAME.checksum]: "AAAA",
    [NAME.wrappedKey]: "AAAA",
    [`${NAME.dataPrefix}guest_la_pw`]: "AAAA",
    [`${NAME.dataPrefix}long._0`]: "AAAA",
    other: "stays",
  });
}

const CLEANED = {
  [`${HOST_ITEM}${NAME.checksum}`]: null,
  [`${HOST_ITEM}${NAME.wrappedKey}`]: null,
  [`${HOST_ITEM}${NAME.dataPrefix}guest_la_pw`]: null,
  [`${HOST_ITEM}${NAME.dataPrefix}long._0`]: null,
};

/** The VM's copy of the provisioning media is in its drive, and another ISO in another. */
function inserted(world: World): void {
  const vm = world.vm(VM);
  const copy = `${vm.path}\\provisioning-${vm.id}.iso`;
  addMedia(world.host(), copy, 4096);
  addDvdDrive(world.host(), vm, copy);
  addMedia(world.host(), "C:\\ISO\\tools.iso", 1);
  addDvdDrive(world.host(), vm, "C:\\ISO\\tools.iso");
}

const EJECTED = {
  [`media:${SILVER}\\${VM}\\provisioning-vm:${VM}.iso`]: null,
  [`vm:${VM}.dvds`]: [null, "C:\\ISO\\tools.iso"],
};

export const INITIALIZATION_FINISH: Scenario[] = [
  {
    call: "initialization/finish",
    title: "takes the secrets away, and nothing else",
    context: step(4),
    given: (world) => {
      exchanged(world);
      inserted(world);
      world.vm(VM).notes = marker(4);
    },
    spec: { vm_id: `vm:${VM}` },
    outputs: { removed: 4 },
    changes: CLEANED,
  },
  {
    call: "initialization/finish",
    title: "with nothing to take away succeeds",
    spec: { vm_id: `vm:${VM}` },
    outputs: { removed: 0 },
  },
  {
    call: "initialization/finish",
    title: "completed as the last step shortens the marker, ejects the media and deletes its copy",
    context: step(4),
    given: (world) => {
      exchanged(world);
      inserted(world);
      world.vm(VM).notes = `Mine.\n${marker(4)}\nToo.`;
    },
    spec: { vm_id: `vm:${VM}`, completed: true },
    outputs: { removed: 4 },
    changes: { ...CLEANED, ...EJECTED, [`vm:${VM}.notes`]: `Mine.\n${COMPLETED}\nToo.` },
  },
  {
    call: "initialization/finish",
    title: "completed before the last step keeps the marker",
    context: step(4, 5),
    given: (world) => {
      exchanged(world);
      world.vm(VM).notes = marker(4, "", 5);
    },
    spec: { vm_id: `vm:${VM}`, completed: true },
    outputs: { removed: 4 },
    changes: CLEANED,
  },
  {
    call: "initialization/finish",
    title: "ended without completion ejects the media, and keeps the marker",
    context: step(4),
    given: (world) => {
      exchanged(world);
      inserted(world);
      world.vm(VM).notes = marker(4);
    },
    spec: { vm_id: `vm:${VM}`, completed: false, ended: true },
    outputs: { removed: 4 },
    changes: { ...CLEANED, ...EJECTED },
  },
  {
    call: "initialization/finish",
    title: "tells when Hyper-V removes no items",
    given: (world) => {
      exchanged(world);
      world.fault({ kind: "kvp_refused", times: null });
    },
    spec: { vm_id: `vm:${VM}` },
    fails: { code: "kvp_write_failed", target: null },
  },
  ...vmNotFound("initialization/finish"),
  ...invalid("initialization/finish", { vm_id: `vm:${VM}` }, [
    ["vm_id", undefined],
    ["completed", "true"],
    ["ended", 1],
  ]),
];
