import type { JsonObject } from "@/lib/domain/json";
import type { Field } from "@/lib/schema/schema-set";
import { type ChoiceContext, choicesOf, networkOf } from "./choices";
import { NETWORK_FIELDS, networkSettings } from "./network-settings";

/** What a change by hand led to. */
export interface Reconciled {
  values: JsonObject;
  /** By field: what was done to its value, in a sentence. */
  notes: Record<string, string>;
}

interface Change {
  fields: readonly Field[];
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

function clearLostChoices({ fields, context }: Change, { values, notes }: Reconciled): void {
  for (const { name, schema, meta } of fields) {
    const value = values[name];
    if (meta.options === null || meta.options === "hosts" || value === undefined) continue;
    const { host, osFamily } = context;
    // What a host offers is unknown until it has been read: nothing is taken away on suspicion.
    if (host !== null && host.record === null) continue;
    if (choicesOf(meta.options, context).some((choice) => choice.value === value)) continue;
    delete values[name];
    const what = `${String(schema.title ?? name).toLowerCase()} “${String(value)}”`;
    notes[name] = !host
      ? "Cleared: it belonged to the host."
      : meta.options === "host.images" && host.record?.images.some((image) => image.name === value)
        ? `Cleared: “${String(value)}” is not for ${osFamily}.`
        : `Cleared: ${host.name} has no ${what}.`;
  }
}

function fillFromNetwork(change: Change, result: Reconciled): void {
  const { fields, shown, shownBefore, previous, next, context } = change;
  const choice = fields.find((field) => field.meta.options === "host.networks")?.name;
  if (choice === undefined) return;
  const { values, notes } = result;
  const network = networkOf(context.host?.record, values[choice]);
  if (network === null) return;
  const before = networkSettings(networkAmong(context, previous[choice]));
  const changed = previous[choice] !== values[choice];
  for (const name of NETWORK_FIELDS) {
    const appeared = shown.has(name) && !shownBefore.has(name);
    const untouched = next[name] === undefined || next[name] === before[name];
    const setting = networkSettings(network)[name];
    if (!shown.has(name) || !untouched || !(changed || appeared)) continue;
    if (setting === undefined) {
      if (changed && next[name] !== undefined) delete values[name];
    } else if (values[name] !== setting) {
      values[name] = setting;
      notes[name] = `Filled in from the network “${network.name}”.`;
    }
  }
}

/** The network under this name, wherever it is: the host may have changed in the same step. */
function networkAmong({ hosts, host }: ChoiceContext, name: unknown) {
  const candidates = [host, ...hosts].flatMap((each) => networkOf(each?.record, name) ?? []);
  return candidates[0] ?? null;
}
