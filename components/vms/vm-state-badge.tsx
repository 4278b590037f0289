import { Badge } from "@/components/ui/badge";
import type { VmState } from "@/lib/domain/inventory";
import { stateFace } from "./vm-words";

/** @param stale the host does not answer: the colour would promise too much */
export function VmStateBadge({ state, stale }: { state: VmState; stale: boolean }) {
  const { word, tone } = stateFace(state, stale);
  return <Badge tone={tone}>{word}</Badge>;
}
