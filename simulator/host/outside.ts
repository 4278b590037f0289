import { addCheckpoint } from "./checkpoints";
import { removeClusterRole } from "./cluster";
import { attachedPaths } from "./drives";
import { clusterNodes, type Fleet } from "./fleet";
import { HyperVError } from "./hyperv-error";
import type { Host, VirtualMachine } from "./model";
import type { SettledState } from "./power";
import { freeBytes, volumeOf } from "./storage";
import { availableMemoryBytes, holdsMemory, removeVm, renameVm } from "./virtual-machines";
import { pathKey } from "./windows-path";

/**
 * What happens to hosts and VMs without AetherV: what people do in Hyper-V Manager, and what a cluster does by
 * itself. Throws a {@link HyperVError}, of the category ObjectNotFound where the host or VM does not exist.
 */
export class Outside {
  readonly #fleet: Fleet;
  /** VMs on the move, by their ids. */
  readonly #moves = new Map<string, NodeJS.Timeout>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** No VM that is on the move arrives any more. */
  close(): void {
    for (const timer of this.#moves.values()) clearTimeout(timer);
    this.#moves.clear();
  }

  /**
   * Moves a VM to another host while it stays as it is. Disks that the two do not share move too.
   *
   * @param seconds how long it is under way, in real time; another call in the meantime begins anew.
   */
  migrate(vmId: string, to: string, seconds: number): void {
    const { host, vm } = this.#find(vmId);
    const target = this.#host(to);
    requireTarget(host, target, vm);
    this.#stopMove(vm);
    if (seconds === 0) {
      move(host, target, vm);
      return;
    }
    vm.activity = "migrating";
    const arrive = () => {
      this.#stopMove(vm);
      if (host.vms.has(vm.id) && target.poweredOn) move(host, target, vm);
    };
    this.#moves.set(vm.id, setTimeout(arrive, seconds * 1000));
  }

  rename(vmId: string, name: string): void {
    renameVm(this.#find(vmId).vm, name);
  }

  /** Turns a VM off and removes it with its role; its files stay where they are. */
  delete(vmId: string): void {
    const { host, vm } = this.#find(vmId);
    this.#stopMove(vm);
    this.#fleet.power.enterState(host, vm, "off");
    if (vm.clustered) removeClusterRole(vm);
    removeVm(host, vm);
  }

  /** Registers the same VM on another host, too, turned off: as a replica that somebody brought up by hand. */
  replicate(vmId: string, to: string): void {
    const { vm } = this.#find(vmId);
    this.#host(to).vms.set(vm.id, { ...structuredClone(vm), state: "off", clustered: false });
  }

  /** Takes a checkpoint: from now on the VM's disks are differencing ones. */
  checkpoint(vmId: string, name: string): void {
    const { host, vm } = this.#find(vmId);
    addCheckpoint(host, vm, name);
  }

  setState(vmId: string, state: SettledState): void {
    const { host, vm } = this.#find(vmId);
    this.#fleet.power.enterState(host, vm, state);
  }

  /**
   * A host goes down: its roles start anew on other nodes that have room for them, and all else stops. It comes
   * back by `Power.setHostPower`.
   */
  stopHost(name: string): void {
    const host = this.#host(name);
    for (const vm of [...host.vms.values()]) {
      this.#stopMove(vm);
      const target = vm.clustered ? this.#failoverNode(host, vm) : null;
      if (target === null) continue;
      const isAlive = holdsMemory(vm);
      if (isAlive) this.#fleet.power.enterState(host, vm, "off");
      move(host, target, vm);
      if (isAlive) this.#fleet.power.startVm(target, vm);
    }
    this.#fleet.power.setHostPower(host, false);
  }

  /** The node with the most free memory that can take a VM; null: there is none. */
  #failoverNode(host: Host, vm: VirtualMachine): Host | null {
    const nodes = clusterNodes(this.#fleet, host)
      .filter(
        (node) => node !== host && node.poweredOn && !node.clusterPaused && stray(host, node, vm) === null,
      )
      .sort((a, b) => availableMemoryBytes(b) - availableMemoryBytes(a));
    const [roomiest] = nodes;
    return roomiest !== undefined && availableMemoryBytes(roomiest) >= vm.memoryStartupBytes
      ? roomiest
      : null;
  }

  #stopMove(vm: VirtualMachine): void {
    clearTimeout(this.#moves.get(vm.id));
    if (this.#moves.delete(vm.id)) vm.activity = null;
  }

  #find(vmId: string): { host: Host; vm: VirtualMachine } {
    for (const host of this.#fleet.hosts.values()) {
      const vm = host.vms.get(vmId.toLowerCase());
      if (vm !== undefined) return { host, vm };
    }
    throw new HyperVError("ObjectNotFound", "ObjectNotFound", `There is no VM with the id ${vmId}.`);
  }

  #host(name: string): Host {
    const host = this.#fleet.hosts.get(name);
    if (host !== undefined) return host;
    throw new HyperVError("ObjectNotFound", "ObjectNotFound", `There is no host ${name}.`);
  }
}

function requireTarget(host: Host, target: Host, vm: VirtualMachine): void {
  const refuse = (why: string) => {
    throw new HyperVError(
      "OperationFailed",
      "InvalidOperation",
      `${vm.name} cannot move to ${target.name}: ${why}.`,
    );
  };
  if (target === host) refuse("it is there");
  if (!target.poweredOn) refuse("the host is off");
  if (vm.clustered && target.cluster !== host.cluster) refuse("the host is no node of the cluster");
  if (holdsMemory(vm) && availableMemoryBytes(target) < vm.memoryStartupBytes)
    refuse("it has too little memory");
  for (const path of ownFiles(host, target, vm)) {
    const volume = volumeOf(target, path);
    const file = volumeOf(host, path)?.files.get(pathKey(path));
    if (volume === null) refuse(`it has no place for ${path}`);
    else if (volume.files.has(pathKey(path))) refuse(`it has another ${path}`);
    else if (freeBytes(volume) < (file?.fileBytes ?? 0)) refuse(`${volume.mount} has too little room`);
  }
}

/** The VM's files on volumes that the other host does not have. */
function ownFiles(host: Host, target: Host, vm: VirtualMachine): string[] {
  return attachedPaths(vm).filter((path) => {
    const volume = volumeOf(host, path);
    return volume !== null && !target.volumes.includes(volume);
  });
}

function stray(host: Host, target: Host, vm: VirtualMachine): string | null {
  return ownFiles(host, target, vm)[0] ?? null;
}

function move(host: Host, target: Host, vm: VirtualMachine): void {
  for (const path of ownFiles(host, target, vm)) {
    const key = pathKey(path);
    const [from, to] = [volumeOf(host, path), volumeOf(target, path)];
    const file = from?.files.get(key);
    const media = from?.media.get(key);
    if (file !== undefined) to?.files.set(key, file);
    if (media !== undefined) to?.media.set(key, media);
    from?.files.delete(key);
    from?.media.delete(key);
  }
  host.vms.delete(vm.id);
  target.vms.set(vm.id, vm);
  for (const adapter of vm.adapters) {
    if (adapter.switchName !== null && !target.switches.includes(adapter.switchName))
      adapter.switchName = null;
  }
}
