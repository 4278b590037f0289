/** Files that more than one VM uses, under any name and on any node: the same for both deleting operations. */
import { addHardDiskDrive } from "@/simulator/host/drives";
import { addOtherName } from "@/simulator/host/other-names";
import {
  addMedia,
  findFile,
  getVhd,
  newDifferencingVhd,
  newVhd,
  resetDiskIdentifier,
} from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { DISK, GIBIBYTE, GOLD, SILVER } from "./parts";

const VOLUME2 = "C:\\ClusterStorage\\Volume2";
const VOLUME_GUID = "\\\\?\\Volume{5a1c2f6e-0b1d-4c52-9d53-6f1f0a4a7b11}";
const WEB01 = `${SILVER}\\web01\\web01.vhdx`;
const GITLAB = `${GOLD}\\gitlab\\gitlab.vhdx`;

/** One file in the answer of inventory/files. */
export function use(vm: string, path: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const drive = { vm_id: `vm:${vm}`, vm_name: vm, drive_path: path, path };
  return { ...drive, disk_id: `disk:${path}`, created: null, problem: null, ...more };
}

const SEEDED = [use("web01", WEB01), use("gitlab", GITLAB)];

/** What the other node of hv01's cluster answers. */
export const HV02 = { node: "HV02", files: SEEDED };

/** What stands in a drive that the state would not let anybody fill. */
function attach(world: World, vm: string, path: string): void {
  world
    .vm(vm)
    .hardDiskDrives.push({ controllerType: "SCSI", controllerNumber: 1, controllerLocation: 7, path });
}

/** Puts a differencing disk on a parent. */
function child(world: World, parent: string, path: string): string {
  const disk = newDifferencingVhd(world.host(), getVhd(world.host(), parent), path);
  // As if made by New-VHD: what has an identifier of its own is called by its own name here.
  resetDiskIdentifier(disk);
  return path;
}

function volume(world: World, mount: string) {
  const found = world.host().volumes.find((each) => each.mount === mount);
  if (found === undefined) throw new Error(`There is no volume ${mount}.`);
  return found;
}

/**
 * @param spec deletes build-old's disk with its file.
 * @param target the field that asks for that.
 */
export function ownership(call: Scenario["call"], spec: Record<string, unknown>, target: string): Scenario[] {
  const refused = (
    title: string,
    message: RegExp,
    more: { given?: (world: World) => void; other_nodes?: unknown; code?: string } = {},
  ): Scenario => ({
    call,
    title: `refuses to delete ${title}`,
    ...(more.given && { given: more.given }),
    spec: { ...spec, other_nodes: more.other_nodes ?? spec.other_nodes },
    fails: { code: more.code ?? "file_not_owned", target, message },
  });
  const elsewhere = (title: string, message: RegExp, found: Record<string, unknown>): Scenario =>
    refused(title, message, { other_nodes: [{ node: "hv02", files: [...SEEDED, found] }] });
  const spelled = (title: string, path: string, given: (world: World) => void = () => undefined): Scenario =>
    refused(`a file that another VM has attached ${title}`, /the VM dc01 on HV01/, {
      given: (world) => {
        given(world);
        attach(world, "dc01", path);
      },
    });
  const unknown = "file_users_unknown";
  return [
    elsewhere(
      "a file that a VM on another node has attached",
      /attached to the VM web01 on HV02/,
      use("web01", DISK.buildOld),
    ),
    elsewhere(
      "a file that a VM on another node has attached by another name",
      /web01 on HV02 too, as \\\\\?\\Volume/i,
      use("web01", `${VOLUME_GUID}\\Hyper-V\\build-old\\build-old.vhdx`, {
        disk_id: `disk:${DISK.buildOld}`,
      }),
    ),
    elsewhere(
      "a file that a disk of a VM on another node stands on",
      /differencing disk .*web01-diff\.vhdx of the VM web01 on HV02/i,
      use("web01", DISK.buildOld, { drive_path: `${SILVER}\\web01\\web01-diff.vhdx` }),
    ),
    refused("a shared file where another node has not answered", /HV02/, { other_nodes: [], code: unknown }),
    refused("a shared file where only nodes of another cluster have answered", /HV02/, {
      other_nodes: [{ node: "HV09", files: [] }],
      code: unknown,
    }),
    refused("a shared file where a disk on another node could not be read", /locked/, {
      other_nodes: [
        { node: "HV02", files: [use("web01", WEB01, { disk_id: null, problem: "It is locked." })] },
      ],
      code: unknown,
    }),
    refused("a file where another disk of the host cannot be read", /half\.vhdx/, {
      given: (world) => {
        newVhd(world.host(), { path: `${GOLD}\\half.vhdx`, virtualBytes: 0, type: "dynamic" });
        attach(world, "dc01", `${GOLD}\\half.vhdx`);
      },
      code: unknown,
    }),
    refused("the parent of another VM's disk", /dc01-diff\.vhdx of the VM dc01 on HV01/, {
      given: (world) => attach(world, "dc01", child(world, DISK.buildOld, `${GOLD}\\dc01\\dc01-diff.vhdx`)),
    }),
    refused("the grandparent of another VM's disk", /second\.vhdx of the VM dc01 on HV01/, {
      given: (world) => {
        const first = child(world, DISK.buildOld, `${GOLD}\\dc01\\first.vhdx`);
        attach(world, "dc01", child(world, first, `${GOLD}\\dc01\\second.vhdx`));
      },
    }),
    spelled("in upper case, with \\\\?\\ before it", `\\\\?\\${DISK.buildOld.toUpperCase()}`),
    spelled("with /, . and .. in it", "C:/ClusterStorage/Volume2/./Hyper-V/x/../build-old//build-old.vhdx"),
    spelled("through a junction", `${SILVER}\\link\\build-old.vhdx`, (world) =>
      addOtherName(volume(world, VOLUME2), `${SILVER}\\link`, `${SILVER}\\build-old`),
    ),
    spelled("by a short name", "C:\\ClusterStorage\\Volume2\\HYPER-~1\\build-old\\build-old.vhdx", (world) =>
      addOtherName(volume(world, VOLUME2), `${VOLUME2}\\HYPER-~1`, SILVER),
    ),
    spelled("by a hard link", `${SILVER}\\hard.vhdx`, (world) =>
      addOtherName(volume(world, VOLUME2), `${SILVER}\\hard.vhdx`, DISK.buildOld),
    ),
    spelled("by the volume's GUID", `${VOLUME_GUID}\\Hyper-V\\build-old\\build-old.vhdx`, (world) =>
      addOtherName(volume(world, VOLUME2), VOLUME_GUID, VOLUME2),
    ),
    refused("an image of the host's by another name", /is an image/, {
      given: (world) => {
        addOtherName(volume(world, VOLUME2), `${SILVER}\\link`, `${SILVER}\\build-old`);
        const { images } = JSON.parse(world.host().hostResources ?? "");
        const path = `${SILVER}\\link\\build-old.vhdx`;
        world.resources({ images: [...images, { name: "Master", path }] });
      },
    }),
  ];
}

/** A copy of build-old's disk, made by hand, which has its identifier and belongs to dc01. */
export function copiedByHand(world: World): void {
  const path = `${SILVER}\\dc01\\copy.vhdx`;
  newVhd(world.host(), { path, virtualBytes: GIBIBYTE, type: "dynamic" });
  const [copy, original] = [findFile(world.host(), path), getVhd(world.host(), DISK.buildOld)];
  if (copy !== null) copy.diskIdentifier = original.diskIdentifier;
  addHardDiskDrive(world.host(), world.vm("dc01"), path);
}

export const OWN_DRIVE = "C:\\Hyper-V";

/** Gives build-old a disk on a drive of the host's own instead, in a folder that is configured. */
export function onOwnDrive(world: World): void {
  const path = `${OWN_DRIVE}\\build-old\\own.vhdx`;
  const vm = world.vm("build-old");
  newVhd(world.host(), { path, virtualBytes: GIBIBYTE, type: "dynamic" });
  vm.hardDiskDrives = [];
  vm.bootOrder = [];
  addHardDiskDrive(world.host(), vm, path);
  world.resources({ storage_classes: [{ name: "own", path: OWN_DRIVE }] });
}

/** The same folder, where it only looks like one on a drive of the host's own. */
export function throughJunction(world: World): void {
  addOtherName(volume(world, "C:"), OWN_DRIVE, SILVER);
  const [drive] = world.vm("build-old").hardDiskDrives;
  if (drive !== undefined) drive.path = `${OWN_DRIVE}\\build-old\\build-old.vhdx`;
  world.resources({ storage_classes: [{ name: "own", path: OWN_DRIVE }] });
}

/** A CD in dc01's drive that cannot be deleted with build-old, though it lies in its folder under its own name. */
export function sharedMedia(world: World): void {
  const vm = world.vm("build-old");
  const path = `${vm.path}\\provisioning-${vm.id}.iso`;
  addMedia(world.host(), path, 1024);
  world
    .vm("dc01")
    .dvdDrives.push({ controllerType: "SCSI", controllerNumber: 2, controllerLocation: 1, path });
}
