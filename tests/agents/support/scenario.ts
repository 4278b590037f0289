import type { AgentCall } from "@/lib/agents/agent-call";
import type { FlatState } from "./state";
import type { World } from "./world";

export type Stream = "warning" | "error" | "progress";

/** One call, what stands there before it, and all that it does. Written once, for every engine. */
export interface Scenario {
  call: `${AgentCall["agent"]}/${string}`;
  title: string;
  /** hv01 unless named. */
  host?: string;
  /** Brings the world into the state before the call. */
  given?: (world: World) => void;
  /** Things are called by name: `vm:web01`, `disk:<path>`, `nic:<vm>/<adapter>`. */
  spec: Record<string, unknown>;
  /** For inventory/read; each disk_id by name as in `spec`. */
  known_disks?: Record<string, unknown>[];
  context?: AgentCall["context"];
  guest_config?: Record<string, string>;
  /** The result's outputs, or its error. */
  outputs?: Record<string, unknown>;
  fails?: { code: string; target: string | null; message?: RegExp };
  /** All that is otherwise afterwards (see {@link FlatState}); without it nothing is. */
  changes?: FlatState;
  /** Streams of which there is at least one event, beside verbose and information, of which there may be. */
  streams?: Stream[];
  /** What is looked at beyond that. */
  afterwards?: (world: World) => void | Promise<void>;
}

/** `<agent>/<operation>: <title>` */
export function nameOf({ call, title }: Scenario): string {
  return `${call}: ${title}`;
}
