import { Badge, type Tone } from "@/components/ui/badge";
import type { HostView } from "@/lib/domain/inventory";

/** How a host's state is called and coloured. */
export const HOST_STATES: Record<HostView["state"], { tone: Tone; word: string }> = {
  online: { tone: "ok", word: "online" },
  unreachable: { tone: "bad", word: "unreachable" },
  pending: { tone: "busy", word: "first read" },
};

export function HostStateBadge({ state }: { state: HostView["state"] }) {
  const { tone, word } = HOST_STATES[state];
  return <Badge tone={tone}>{word}</Badge>;
}
