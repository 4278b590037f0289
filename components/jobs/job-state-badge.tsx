import { Badge } from "@/components/ui/badge";
import type { JobStep } from "@/lib/domain/job";
import { stateTone, stateWord } from "./job-words";

/** The state of a job or of a deployment's step. */
export function JobStateBadge({ state }: { state: JobStep["state"] }) {
  return <Badge tone={stateTone(state)}>{stateWord(state)}</Badge>;
}
