import { secretsOf } from "@/lib/domain/field-values";
import { Secret } from "@/lib/domain/secret";
import type { AgentCall } from "./agent-call";

/** The request as it goes to the host: the one text of a call that holds its secrets. */
export function requestJson(call: AgentCall, nonce: string): string {
  const { agent, operation, schema, job_id, context, spec, guest_config, known_disks } = call;
  return JSON.stringify({
    agent,
    operation,
    schema: { name: schema.name, version: schema.version },
    job_id,
    nonce,
    context,
    spec: revealAll(Object.entries(spec)),
    ...(known_disks === undefined ? {} : { known_disks }),
    ...(guest_config === undefined ? {} : { guest_config: revealAll(guest_config) }),
  });
}

/** Every secret value of the call: it must appear nowhere but in {@link requestJson}. */
export function secretTexts({ spec, guest_config }: AgentCall): string[] {
  const told = [...(guest_config?.values() ?? [])].filter((value) => value instanceof Secret);
  return [...secretsOf(spec), ...told].map((secret) => secret.reveal());
}

function revealAll(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const revealed = [...entries].map(([name, value]) => [
    name,
    value instanceof Secret ? value.reveal() : value,
  ]);
  return Object.fromEntries(revealed);
}
