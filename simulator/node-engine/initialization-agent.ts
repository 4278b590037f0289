import { Interrupted } from "../host/clock";
import { DURATION } from "../host/durations";
import { HyperVError } from "../host/hyperv-error";
import type { VirtualMachine } from "../host/model";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { importGuestKey, publishedKey } from "./guest-key";
import { encryptFor, oversized, publishable } from "./guest-values";
import { markCompleted, markStep } from "./notes-marker";
import {
  dismountProvisioningMedia,
  findProvisioningMedia,
  mountProvisioningMedia,
} from "./provisioning-media";

/** Items of provisioning over KVP, version 1. */
const ITEM = {
  version: "hlvmm.meta.version",
  hostState: "hlvmm.meta.host_provisioning_system_state",
  guestState: "hlvmm.meta.guest_provisioning_system_state",
  guestError: "hlvmm.meta.guest_provisioning_error",
  wrappedKey: "hlvmm.meta.shared_aes_key",
  checksum: "hlvmm.meta.provisioning_system_checksum",
} as const;

const ITEMS_PER_CALL = 128;

/** Counterpart of `initialization/begin`. */
export async function beginInitialization(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const vm = requireVm(context);
  const version = spec.text("meta_version");
  const family = spec.choice("os_family", ["windows", "linux"], true);
  const force = spec.flag("force");
  await context.work(DURATION.getVm);
  if (vm.state !== "off") {
    throw new AgentError("vm_not_off", `The VM ${vm.name} is not off but ${vm.state}.`, "vm_id");
  }
  if (fleet.kvp.hostItems(vm).has(ITEM.version) && !force) {
    throw new AgentError("already_initialized", `The VM ${vm.name} was initialized before.`, "vm_id");
  }
  const media = findProvisioningMedia(context, family);
  markStep(context, vm);
  const removed = await removeItems(context, vm, isHandshakeItem);
  if (removed > 0) events.event("verbose", `Removed ${removed} items of an earlier initialization.`);
  const staleKey = publishedKey(fleet.kvp.guestItems(vm));
  try {
    if (media !== null) await mountProvisioningMedia(context, vm, media);
    await setItem(context, vm, ITEM.version, version);
    await setItem(context, vm, ITEM.hostState, "waitingforpublickey");
    events.event("information", `Starting the VM ${vm.name}.`);
    await context.hyperV(DURATION.startVm, () => fleet.power.startVm(host, vm));
  } catch (error) {
    // A VM that does not start keeps nothing of the handshake. A process that was ended cleans up nothing.
    if (!(error instanceof Interrupted)) await undoBeginning(context, vm);
    throw error;
  }
  return { vm_name: vm.name, stale_key_fingerprint: staleKey?.fingerprint ?? null };
}

/** Counterpart of `initialization/status`. */
export async function guestStatus(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  await context.work(DURATION.getVm);
  const items = context.fleet.kvp.guestItems(vm);
  return {
    vm_state: vm.state,
    host_state: context.fleet.kvp.hostItems(vm).get(ITEM.hostState) ?? null,
    guest_state: items.get(ITEM.guestState) ?? null,
    key_fingerprint: publishedKey(items)?.fingerprint ?? null,
    guest_error: items.get(ITEM.guestError) ?? null,
  };
}

/** Counterpart of `initialization/publish`. */
export async function publishGuestConfig(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, spec, events, request } = context;
  const vm = requireVm(context);
  const family = spec.choice("os_family", ["windows", "linux"], true);
  const fingerprint = spec.text("key_fingerprint");
  if (request.guest_config === undefined) {
    throw new AgentError("invalid_request", "The request has no guest_config.");
  }
  const values = publishable(request.guest_config);
  const [tooLong] = oversized(values, family === "linux");
  if (tooLong !== undefined) {
    throw new AgentError("invalid_request", `The value of ${tooLong} is too long.`, tooLong);
  }
  await context.work(DURATION.getVm);
  const published = publishedKey(fleet.kvp.guestItems(vm));
  if (published === null || published.fingerprint !== fingerprint) {
    throw new AgentError(
      "guest_key_changed",
      `The guest of ${vm.name} no longer shows the key that was expected.`,
    );
  }
  const key = importGuestKey(published.bytes);
  if (key === null) {
    throw new AgentError(
      "guest_key_unsupported",
      `The guest of ${vm.name} published a key of ${published.bytes.length} bytes in no known format.`,
    );
  }
  const items = encryptFor(key, values);
  await removeItems(context, vm, isSecretItem);
  await setItem(context, vm, ITEM.checksum, items.checksum);
  await setItem(context, vm, ITEM.wrappedKey, items.wrappedKey);
  for (let start = 0; start < items.data.length; start += ITEMS_PER_CALL) {
    const batch = items.data.slice(start, start + ITEMS_PER_CALL);
    await kvpCall(context, () => fleet.kvp.addItems(vm, batch));
  }
  events.event(
    "information",
    `Published ${values.length} encrypted ${values.length === 1 ? "value" : "values"}.`,
  );
  return {};
}

/** Counterpart of `initialization/announce`. */
export async function announceGuestConfig(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  await setItem(context, vm, ITEM.hostState, "provisioningdatapublished");
  return {};
}

/** Counterpart of `initialization/finish`. */
export async function finishInitialization(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  const completed = context.spec.flag("completed");
  const ended = context.spec.flag("ended");
  const removed = await removeItems(context, vm, isSecretItem);
  if (completed || ended) await dismountProvisioningMedia(context, vm);
  if (completed) markCompleted(context, vm);
  return { removed };
}

/** What cannot be taken away is worth a warning: what went wrong before is what the caller has to know. */
async function undoBeginning(context: AgentContext, vm: VirtualMachine): Promise<void> {
  const undoing = [
    () => dismountProvisioningMedia(context, vm),
    () => removeItems(context, vm, isHandshakeItem),
  ];
  for (const undo of undoing) {
    try {
      await undo();
    } catch (error) {
      if (!(error instanceof HyperVError || error instanceof AgentError)) throw error;
      context.events.event("warning", `Something prepared stays with the VM: ${error.message}`);
    }
  }
}

function isHandshakeItem(name: string): boolean {
  return name.startsWith("hlvmm.");
}

/** What the guest alone may read, and only until it has: its values, their key and their checksum. */
function isSecretItem(name: string): boolean {
  return name.startsWith("hlvmm.data.") || name === ITEM.wrappedKey || name === ITEM.checksum;
}

async function setItem(context: AgentContext, vm: VirtualMachine, name: string, data: string): Promise<void> {
  const { kvp } = context.fleet;
  await kvpCall(context, () => {
    if (kvp.hostItems(vm).has(name)) kvp.modifyItems(vm, [[name, data]]);
    else kvp.addItems(vm, [[name, data]]);
  });
}

async function removeItems(
  context: AgentContext,
  vm: VirtualMachine,
  chosen: (name: string) => boolean,
): Promise<number> {
  const names = [...context.fleet.kvp.hostItems(vm).keys()].filter(chosen);
  for (let start = 0; start < names.length; start += ITEMS_PER_CALL) {
    await kvpCall(context, () =>
      context.fleet.kvp.removeItems(vm, names.slice(start, start + ITEMS_PER_CALL)),
    );
  }
  return names.length;
}

async function kvpCall(context: AgentContext, call: () => void): Promise<void> {
  try {
    await context.hyperV(DURATION.kvpCall, call);
  } catch (error) {
    if (error instanceof HyperVError) throw new AgentError("kvp_write_failed", error.message);
    throw error;
  }
}
