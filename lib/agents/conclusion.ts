import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type { JsonObject } from "@/lib/domain/json";
import { WinrmError } from "@/lib/winrm/errors";
import type { AgentResult } from "./agent-output";
import type { CallLog } from "./call-log";
import { agentError, noResultError, transportError } from "./failure";
import { redactJson } from "./redact-json";

/** How a call ended: its process by an exit code, the call alone (`call`), or why that is not known. */
export type Ending = number | "call" | WinrmError;

/**
 * The outputs of a call's result. A result counts even where the connection broke after it: with it, the outcome is
 * known.
 *
 * @param what the call, such as `disk/create on hv01`
 * @throws AethervError as `AgentInvoker.invoke` says.
 */
export function conclude(
  host: HostConfig,
  what: string,
  ending: Ending,
  result: AgentResult | null,
  log: CallLog,
): JsonObject {
  if (result === null) {
    throw ending instanceof WinrmError
      ? transportError(ending, what, host)
      : noResultError(what, ending === "call" ? null : ending, log.tail);
  }
  if (ending instanceof WinrmError) {
    log.add("warning", `The connection broke after the result had come: ${ending.message}`);
  } else if (ending !== "call" && ending !== result.exit_code) {
    log.add("verbose", `The process ended with ${ending}; its result says ${result.exit_code}.`);
  }
  if (!result.ok) throw agentError(what, result.error, (text) => log.redactMessage(text));
  try {
    return redactJson(result.outputs, (text) => log.redact(text));
  } catch (error) {
    throw new AethervError("agent_failed", `${what} gave outputs that cannot be read.`, { cause: error });
  }
}
