import { type Clock, Interrupted } from "../host/clock";
import type { KvpExchange } from "../host/kvp";
import type { GuestSystem, VirtualMachine } from "../host/model";
import { encodePublicKey, makeKeyPair } from "./key-pair";
import { KEY_CHUNK_CHARACTERS, NAME } from "./kvp-names";
import { UnsealError, unseal } from "./unseal";

const POLL_MS = 5000;
const APPLY_MS = 12_000;

/** What the agent in the image sees of the world: its KVP items and the time. */
export interface GuestWorld {
  vm: VirtualMachine;
  kvp: KvpExchange;
  clock: Clock;
  /** Aborted when the VM stops. */
  signal: AbortSignal;
}

/** How this run is to go, beside what the image says. */
export interface GuestBehaviour {
  chunksKey: boolean;
  /** What applying ends with; null: well. */
  applyError: string | null;
}

/**
 * The guest's side of provisioning over KVP, version 1: waits until the host asks for a key, and goes through
 * the exchange once.
 *
 * @returns the values, decrypted and applied; null: provisioning failed, and the guest has said why.
 */
export async function provision(
  world: GuestWorld,
  system: GuestSystem,
  behaviour: GuestBehaviour,
): Promise<Record<string, string> | null> {
  const { vm, kvp, clock, signal } = world;
  await until(world, (items) => {
    const asked = items.get(NAME.hostState) === "waitingforpublickey";
    return asked && items.get(NAME.version) === system.provisioningVersion;
  });
  const keys = await makeKeyPair();
  if (signal.aborted) throw new Interrupted();
  publishKey(world, encodePublicKey(keys.publicKey, system.keyFormat), behaviour.chunksKey);
  kvp.setGuestItem(vm, NAME.error, "");
  kvp.setGuestItem(vm, NAME.guestState, "waitingforaeskey");
  await until(world, (items) => items.get(NAME.hostState) === "provisioningdatapublished");
  try {
    const values = unseal(kvp.hostItems(vm), keys.privateKey);
    kvp.setGuestItem(vm, NAME.guestState, "applying");
    await clock.wait(APPLY_MS, signal);
    if (behaviour.applyError !== null) throw new UnsealError(behaviour.applyError);
    return values;
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    kvp.setGuestItem(vm, NAME.error, error.message.slice(0, 200));
    kvp.setGuestItem(vm, NAME.guestState, "provisioningfailed");
    return null;
  }
}

/** The last word of a run that went well. */
export function reportApplied({ vm, kvp }: GuestWorld): void {
  kvp.setGuestItem(vm, NAME.guestState, "provisioningapplied");
}

async function until(
  { vm, kvp, clock, signal }: GuestWorld,
  holds: (hostItems: ReadonlyMap<string, string>) => boolean,
): Promise<void> {
  while (!holds(kvp.hostItems(vm))) await clock.pollInterval(POLL_MS, signal);
}

function publishKey({ vm, kvp }: GuestWorld, key: Buffer, chunked: boolean): void {
  for (const name of kvp.guestItems(vm).keys()) {
    if (name.startsWith(NAME.publicKey)) kvp.setGuestItem(vm, name, "");
  }
  const text = key.toString("base64");
  if (!chunked) {
    kvp.setGuestItem(vm, NAME.publicKey, text);
    return;
  }
  for (let start = 0; start < text.length; start += KEY_CHUNK_CHARACTERS) {
    const name = `${NAME.publicKey}._${start / KEY_CHUNK_CHARACTERS}`;
    kvp.setGuestItem(vm, name, text.slice(start, start + KEY_CHUNK_CHARACTERS));
  }
}
