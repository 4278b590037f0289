import { imageIn, networkIn } from "@/lib/domain/host-offers";
import type { HostView, NetworkRecord } from "@/lib/domain/inventory";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import type { Field, OptionSource } from "@/lib/schema/schema-set";
import { type ChoiceContext, choicesOf } from "./choices";
import { NETWORK_FIELDS, networkSettings } from "./network-settings";

/** What a change by hand led to. */
export interface Reconciled {
  values: JsonObject;
  notes: Record<string, Note>;
}

/** What the page did to the value of a field by itself. */
export interface Note {
  kind: "cleared" | "filled";
  text: string;
}

interface Change {
  fields: readonly Field[];
  /** By name: the fields that keep their value. */
  fixed: Readonly<Record<string, string>>;
  /** The fields that the form shows with `next`, and those that it showed with `previous`. */
  shown: ReadonlySet<string>;
  shownBefore: ReadonlySet<string>;
  previous: JsonObject;
  next: JsonObject;
  context: ChoiceContext;
}

/**
 * Follows up on a change: a choice that the host (or the operating system) does not offer any more is
 * cleared, and the settings that the network knows are filled in where the reader has not typed their
 * own. Every such step is told.
 */
export function reconcile(change: Change): Reconciled {
  const result: Reconciled = { values: { ...change.next }, notes: {} };
  clearLostChoices(change, result);
  fillFromNetwork(change, result);
  return result;
}

function clearLostChoices({ fields, fixed, context }: Change, { values, notes }: Reconciled): void {
  for (const { name, schema, meta } of fields) {
    const value = values[name];
    if (meta.options === null || meta.options === "hosts" || value === undefined) continue;
    if (fixed[name] !== undefined) continue;
    const { host } = context;
    // What a host offers is unknown until it has been read: nothing is taken away on suspicion.
    if (context.hosts.length === 0 || (host !== null && host.record === null)) continue;
    if (choicesOf(meta.options, context).some((choice) => choice.value === value)) continue;
    delete values[name];
    notes[name] = { kind: "cleared", text: whyCleared(host, String(schema.title ?? name), value) };
  }
}

function whyCleared(host: HostView | null, title: string, value: JsonValue): string {
  if (host === null) return "Cleared together with the host.";
  const otherFamily =
    host.record !== null && typeof value === "string" && imageIn(host.record, value) !== null;
  if (otherFamily) return `Cleared: “${value}” is for another operating system.`;
  return `Cleared: ${host.name} has no ${title.toLowerCase()} “${value}”.`;
}

function fillFromNetwork(change: Change, result: Reconciled): void {
  const { shown, shownBefore, previous, next } = change;
  const { values, notes } = result;
  const network = chosenNetwork(change, values);
  if (network === null) return;
  const networkBefore = chosenNetwork(change, previous);
  const before = networkSettings(networkBefore);
  const settings = networkSettings(network);
  for (const name of NETWORK_FIELDS) {
    if (!shown.has(name) || (network === networkBefore && shownBefore.has(name))) continue;
    const typed = next[name] !== undefined && next[name] !== before[name];
    const setting = settings[name];
    if (typed || values[name] === setting) continue;
    if (setting === undefined) {
      delete values[name];
    } else {
      values[name] = setting;
      notes[name] = { kind: "filled", text: `Filled in from the network “${network.name}”.` };
    }
  }
}

/** The network that these values choose, on the host that they choose. */
function chosenNetwork({ fields, context }: Change, values: JsonObject): NetworkRecord | null {
  const choiceOf = (source: OptionSource) =>
    values[fields.find((field) => field.meta.options === source)?.name ?? ""];
  const host = context.hosts.find((each) => each.name === choiceOf("hosts"));
  const name = choiceOf("host.networks");
  return host?.record && typeof name === "string" ? networkIn(host.record, name) : null;
}
