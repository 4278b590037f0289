/** Names of the items of provisioning over KVP, version 1, as the guest knows them. */
export const NAME = {
  version: "hlvmm.meta.version",
  hostState: "hlvmm.meta.host_provisioning_system_state",
  wrappedKey: "hlvmm.meta.shared_aes_key",
  checksum: "hlvmm.meta.provisioning_system_checksum",
  publicKey: "hlvmm.meta.guest_provisioning_public_key",
  guestState: "hlvmm.meta.guest_provisioning_system_state",
  error: "hlvmm.meta.guest_provisioning_error",
  dataPrefix: "hlvmm.data.",
} as const;

/** How many characters of a chunked public key one item holds. */
export const KEY_CHUNK_CHARACTERS = 100;
