import { Badge, type Tone } from "@/components/ui/badge";
import type { ClusterNodeRecord } from "@/lib/domain/inventory";

const FACES: Record<ClusterNodeRecord["state"], { tone: Tone; word: string }> = {
  up: { tone: "ok", word: "up" },
  down: { tone: "bad", word: "down" },
  paused: { tone: "warn", word: "paused" },
  joining: { tone: "busy", word: "joining" },
  unknown: { tone: "warn", word: "state unknown" },
};

interface NodeStateBadgeProps {
  state: ClusterNodeRecord["state"];
  /** Beside the state of something else: says that it is the cluster node's. */
  ofNode?: boolean;
}

/** What a cluster says of one of its nodes. */
export function NodeStateBadge({ state, ofNode = false }: NodeStateBadgeProps) {
  const { tone, word } = FACES[state];
  return <Badge tone={tone}>{ofNode ? `node ${word}` : word}</Badge>;
}
