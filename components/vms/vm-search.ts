import type { VmSummary } from "@/lib/domain/inventory";
import type { VmRow } from "./vm-row";
import { activityWord } from "./vm-words";

/** What a word may be looked for in alone: `host:hv01`. */
const FIELDS: ReadonlyMap<string, (row: VmRow) => string> = new Map([
  ["name", ({ vm }) => vm.vm_name],
  ["host", ({ vm }) => vm.host],
  ["cluster", ({ cluster }) => cluster ?? ""],
  ["state", ({ vm }) => stateText(vm)],
  ["os", ({ vm }) => vm.guest_os ?? ""],
  ["network", ({ vm }) => vm.networks.join("\n")],
  ["ip", ({ vm }) => vm.ip_addresses.join("\n")],
  ["role", ({ vm }) => (vm.cluster_role ? `${vm.cluster_role.name}\n${vm.cluster_role.state}` : "")],
  ["note", ({ vm }) => vm.note],
  ["id", ({ vm }) => vm.vm_id],
]);

export const SEARCH_FIELDS: readonly string[] = [...FIELDS.keys()];

/** `word`, `field:word`, and either with several words between quotation marks. */
const TERM = /(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/gi;

type Test = (row: VmRow) => boolean;

/**
 * Whether a VM is found by a query: each of its words must be in the VM's name, host, cluster, state, guest
 * OS, networks, addresses, cluster role, note or id, or in the one of these that it names. Case does not matter.
 */
export function searchOf(query: string): Test {
  const tests = [...query.matchAll(TERM)].flatMap((match) => testOf(match) ?? []);
  return (row) => tests.every((test) => test(row));
}

/** null: the term is not finished (`host:`), and asks for nothing yet. */
function testOf([term, prefix = "", quoted, plain = ""]: RegExpMatchArray): Test | null {
  const field = FIELDS.get(prefix.toLowerCase());
  const unknownPrefix = field === undefined && prefix !== "";
  const word = (unknownPrefix ? term : (quoted ?? plain)).toLowerCase();
  if (word === "") return null;
  if (field !== undefined) return (row) => field(row).toLowerCase().includes(word);
  return (row) =>
    textOf(row.vm).includes(word) ||
    (row.cluster?.toLowerCase().includes(word) ?? false) ||
    (row.stale && "unreachable".includes(word));
}

/** What is searched of a VM: made once, for as long as the VM stays as it is. */
const texts = new WeakMap<VmSummary, string>();

function textOf(vm: VmSummary): string {
  const known = texts.get(vm);
  if (known !== undefined) return known;
  const text = [
    vm.vm_name,
    vm.host,
    stateText(vm),
    vm.guest_os,
    vm.cluster_role?.name,
    ...vm.networks,
    ...vm.ip_addresses,
    vm.note,
    vm.vm_id,
  ]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
  texts.set(vm, text);
  return text;
}

function stateText({ state, activity, missing_since }: VmSummary): string {
  const words = [
    state,
    activity === null ? "" : activityWord(activity),
    missing_since === null ? "" : "missing",
  ];
  return words.filter(Boolean).join("\n");
}
