import type { NodeFileUse } from "@/lib/domain/deletion";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { CallContext, Hypervisor } from "@/lib/domain/hypervisor";
import type { InventoryPort } from "./inventory-port";

/** What the VMs of a host's neighbours in its cluster use. */
export interface OtherNodes {
  answers: NodeFileUse[];
  /** Of each node that gave no answer: why, in a sentence with what to do about it. */
  unanswered: string[];
}

/**
 * Asks every other node of the host's cluster which files its VMs use, all at the same time. An agent that is to
 * delete a file on shared storage needs it of all of them: it can ask no node itself.
 */
export async function askOtherNodes(
  { hypervisor, inventory }: { hypervisor: Pick<Hypervisor, "readFileUse">; inventory: InventoryPort },
  host: string,
  call: CallContext,
): Promise<OtherNodes> {
  const own = inventory.host(host).record;
  const names = (own?.cluster_nodes ?? [])
    .map(({ name }) => name)
    .filter((name) => !same(name, own?.computer_name));
  const unanswered: string[] = [];
  const answers = await Promise.all(
    names.map(async (node) => {
      const known = inventory.hosts().find(({ record }) => same(node, record?.computer_name));
      if (known === undefined) {
        unanswered.push(`${node} is not among the hosts of AetherV: name it in the configuration.`);
        return [];
      }
      try {
        return [await hypervisor.readFileUse(known.name, call)];
      } catch (thrown) {
        const error = toAethervError(thrown);
        if (call.signal.aborted) throw error;
        unanswered.push(`${node} did not answer: ${error.message}`);
        return [];
      }
    }),
  );
  for (const reason of unanswered) call.log("warning", reason);
  return { answers: answers.flat(), unanswered };
}

/** What to do about nodes that gave no answer; null: all did. */
export function nextFor({ unanswered }: OtherNodes): string | null {
  return unanswered.length === 0 ? null : `${unanswered.join(" ")} Then send it again, or keep the files.`;
}

/** The agent's error, with the nodes to look after where it is for want of their answers. */
export function withUnanswered(thrown: unknown, others: OtherNodes): unknown {
  const error = toAethervError(thrown);
  const next = nextFor(others);
  if (error.code !== "file_users_unknown" || next === null) return thrown;
  const { fields, detail } = error;
  return new AethervError(error.code, error.message, {
    fields: [...fields],
    detail,
    next,
    cause: thrown,
  });
}

function same(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
