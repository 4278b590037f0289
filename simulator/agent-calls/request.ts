import { z } from "zod";

const requestSchema = z.object({
  agent: z.string(),
  operation: z.string(),
  job_id: z.string(),
  nonce: z.string().min(1),
  context: z
    .object({
      deployment_id: z.string(),
      step: z.int(),
      steps: z.int(),
      since: z.string().optional(),
      actor: z.string().optional(),
      request: z.record(z.string(), z.unknown()).optional(),
    })
    .nullish(),
  spec: z.record(z.string(), z.unknown()),
  known_disks: z.unknown().optional(),
  guest_config: z.record(z.string(), z.string()).optional(),
});

/** The request of docs/agent-protocol.md, section 2. */
export type AgentRequest = z.output<typeof requestSchema>;

/** Throws a `SyntaxError` or `ZodError` for what is not a request. */
export function parseRequest(text: string): AgentRequest {
  return requestSchema.parse(JSON.parse(text));
}
