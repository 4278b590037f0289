import type { JsonValue } from "./json";
import type { Secret } from "./secret";

/** A field's value after validation; a field flagged `secret` in its schema is a {@link Secret}. */
export type FieldValue = JsonValue | Secret;

/** The fields of one component, as its schema names them. Flat: no nesting between components. */
export type Spec = Readonly<Record<string, FieldValue>>;

/** What the guest is told: KVP name (without `hlvmm.data.`) to plaintext, a {@link Secret} where its field is one. */
export type GuestConfig = ReadonlyMap<string, string | Secret>;

/** The four components; VM, Disk and NIC have a schema each, Initialization is composed from their guest fields. */
export type ComponentName = "vm" | "disk" | "nic" | "initialization";
