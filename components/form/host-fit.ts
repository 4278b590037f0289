import { type Demand, sentenceOf, unfitFindings } from "@/lib/domain/host-fit";
import type { HostView } from "@/lib/domain/inventory";

/** Why the VM cannot be created on a host, a sentence each; empty: it fits. */
export function unfitReasons({ name, state, error, record }: HostView, demand: Demand): string[] {
  if (state === "unreachable") return [error?.message ?? `${name} does not answer.`];
  if (record === null) return [`${name} has not been read yet.`];
  return unfitFindings(record, demand).map((finding) => sentenceOf(name, finding));
}
