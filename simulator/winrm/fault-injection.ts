import { plannedFault, quotaFault, timedOutFault, type WsManFault } from "./fault";
import type { FaultKind, PlannedFault } from "./fault-plan";
import type { Answer, Delivery } from "./http-messages";
import { newId } from "./response";

/** ERROR_INTERNAL_ERROR as an HRESULT, where a fault names no code. */
const INTERNAL_ERROR = 2147943759;

/**
 * What is answered in place of the operation: an HTTP status without a body, or a fault, or what a connection says
 * that no longer knows its client; null: the operation runs.
 */
export function substituteOf(faults: PlannedFault[]): number | WsManFault | "context_lost" | null {
  const kinds = kindsOf(faults);
  if (kinds.has("context_lost")) return "context_lost";
  if (kinds.has("unauthorized")) return 401;
  if (kinds.has("too_large")) return 413;
  if (kinds.has("timed_out")) return timedOutFault();
  const named = faults.find(({ kind }) => kind === "fault");
  if (named !== undefined) return plannedFault(named.code ?? INTERNAL_ERROR);
  if (kinds.has("quota")) {
    return quotaFault(2150859173, "The maximum number of concurrent shells has been exceeded. ");
  }
  return null;
}

/** What is answered in place of a step of a handshake; null: the step is made. */
export function handshakeStatusOf(faults: PlannedFault[]): number | null {
  const kinds = kindsOf(faults);
  if (kinds.has("unauthorized")) return 401;
  if (kinds.has("too_large")) return 413;
  return kinds.has("empty_500") ? 500 : null;
}

/** What becomes of the connection before or after the operation; null: it stays. */
export function breakOf(faults: PlannedFault[], when: PlannedFault["when"]): "reset" | "half_close" | null {
  const kinds = kindsOf(faults.filter((fault) => fault.when === when));
  if (kinds.has("reset")) return "reset";
  return kinds.has("half_close") ? "half_close" : null;
}

/** The operation's answer as the client gets to see it. */
export function alterAnswer({ status, body }: Answer, faults: PlannedFault[], messageId: string): Answer {
  const kinds = kindsOf(faults);
  if (kinds.has("empty_500")) return { status: 500, body: "" };
  const related = kinds.has("wrong_relates_to") ? body.replace(messageId, `uuid:${newId()}`) : body;
  return { status, body: kinds.has("truncated") ? related.slice(0, related.length / 2) : related };
}

/** How the bytes of an answer get to the client. */
export function deliveryOf(faults: PlannedFault[]): Delivery {
  const kinds = kindsOf(faults);
  return {
    isCutOff: kinds.has("cut_off"),
    hasWrongSignature: kinds.has("wrong_signature"),
    dripMs: faults.find(({ kind }) => kind === "dripping")?.delayMs ?? null,
  };
}

/** Waits as long as the faults say, or until the client is gone. */
export async function delayAnswer(faults: PlannedFault[], gone: AbortSignal): Promise<void> {
  const slow = faults.filter((fault) => fault.kind === "slow");
  if (slow.length === 0 || gone.aborted) return;
  const milliseconds = slow.reduce((sum, fault) => sum + fault.delayMs, 0);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    gone.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function kindsOf(faults: PlannedFault[]): Set<FaultKind> {
  return new Set(faults.map((fault) => fault.kind));
}
