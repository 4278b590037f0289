import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { encodePublicKey } from "@/simulator/guest/key-pair";
import { NAME } from "@/simulator/guest/kvp-names";
import type { World } from "../support/world";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;

function text(bytes: Buffer): string {
  return bytes.toString("base64");
}

function fingerprint(base64: string): string {
  return createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex");
}

function fingerprints<T extends Record<string, string>>(keys: T): { [Name in keyof T]: string } {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, fingerprint(key)])) as {
    [Name in keyof T]: string;
  };
}

const keys = {
  pkcs1: text(encodePublicKey(publicKey, "pkcs1")),
  spki: text(encodePublicKey(publicKey, "spki")),
  capi: text(encodePublicKey(publicKey, "capi")),
  cng: text(encodePublicKey(publicKey, "cng")),
  weak: text(encodePublicKey(weak, "pkcs1")),
  noKey: text(Buffer.from("not a key at all")),
};

/** The guest's key in every format that guests use, in base64, and two that cannot be used. */
export const GUEST_KEY: typeof keys & {
  item: string;
  privateKey: KeyObject;
  fingerprint: { [Name in keyof typeof keys]: string };
} = { ...keys, item: NAME.publicKey, privateKey, fingerprint: fingerprints(keys) };

/** What the guest of a VM says; the VM runs. */
export function says(world: World, vmName: string, items: Record<string, string>): void {
  const vm = world.vm(vmName);
  vm.state = "running";
  vm.startedAt = Date.now();
  for (const [name, data] of Object.entries(items)) world.fleet.kvp.setGuestItem(vm, name, data);
}

/** What the host offers the guest of a VM. */
export function offers(world: World, vmName: string, items: Record<string, string>): void {
  world.fleet.kvp.addItems(world.vm(vmName), Object.entries(items));
}

/** A key as guests publish it that cut it in pieces. */
export function chunked(key: string): Record<string, string> {
  const parts = key.match(/.{1,100}/g) ?? [];
  return Object.fromEntries(parts.map((part, index) => [`${GUEST_KEY.item}._${index}`, part]));
}
