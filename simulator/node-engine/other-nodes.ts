import { z } from "zod";
import { AgentError } from "./agent-error";

const text = z.string().nullish().default(null);

const answersSchema = z.array(
  z.object({
    node: z.string().min(1),
    files: z.array(
      z.object({
        vm_id: z.string(),
        vm_name: z.string(),
        drive_path: z.string(),
        path: z.string(),
        disk_id: text,
        created: text,
        problem: text,
      }),
    ),
  }),
);

/** What `inventory/files` answered on another node of the cluster. */
export type NodeFiles = z.output<typeof answersSchema>[number];

/** Reads `spec.other_nodes`; none where it was not given. */
export function readOtherNodes(spec: Record<string, unknown>): NodeFiles[] {
  const parsed = answersSchema.safeParse(spec.other_nodes ?? []);
  if (parsed.success) return parsed.data;
  throw new AgentError(
    "invalid_request",
    "The field other_nodes must be a list of answers of inventory/files.",
    "other_nodes",
  );
}
