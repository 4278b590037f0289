import { z } from "zod";
import { cutText } from "@/lib/domain/cut-text";
import type { UnreadVm, VmRecord } from "@/lib/domain/inventory";
import { plainText } from "@/lib/domain/plain-text";

const NAME_LENGTH = 100;
const REASON_LENGTH = 200;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The VMs of a host's answer, each checked by itself, so that one that is told wrongly keeps neither its host nor the
 * others from being read.
 */
export function withoutUnread(
  told: readonly unknown[],
  record: z.ZodType<VmRecord>,
): { vms: VmRecord[]; unread_vms: UnreadVm[] } {
  const vms: VmRecord[] = [];
  const unread_vms: UnreadVm[] = [];
  for (const one of told) {
    const parsed = record.safeParse(one);
    if (parsed.success) vms.push(parsed.data);
    else unread_vms.push({ ...namesOf(one), reason: reasonOf(parsed.error) });
  }
  return { vms, unread_vms };
}

const named = z.object({
  vm_id: z.string().regex(GUID).nullable().catch(null),
  vm_name: z.string().transform(oneLine).nullable().catch(null),
});

function namesOf(told: unknown): Pick<UnreadVm, "vm_id" | "vm_name"> {
  return named.safeParse(told).data ?? { vm_id: null, vm_name: null };
}

/** The first that is wrong: members by the agents' protocol, never what the host said. */
function reasonOf({ issues: [first] }: z.ZodError): string {
  const member = first?.path.join(".");
  return cutText(`${member || "the record"}: ${first?.message ?? "is not as agreed"}`, REASON_LENGTH);
}

function oneLine(text: string): string {
  const plain = plainText(cutText(text, NAME_LENGTH)).replace(/\s+/g, " ");
  return text.length > NAME_LENGTH ? `${plain}…` : plain;
}
