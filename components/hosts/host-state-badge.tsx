import { Badge } from "@/components/ui/badge";
import type { HostView } from "@/lib/domain/inventory";

const FACES = {
  online: { tone: "ok", word: "online" },
  unreachable: { tone: "bad", word: "unreachable" },
  pending: { tone: "busy", word: "first read" },
} as const;

export function HostStateBadge({ state }: { state: HostView["state"] }) {
  const { tone, word } = FACES[state];
  return <Badge tone={tone}>{word}</Badge>;
}
