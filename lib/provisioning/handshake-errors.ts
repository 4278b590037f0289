import { formatDuration } from "@/lib/domain/amounts";
import { AethervError } from "@/lib/domain/errors";
import type { GuestStatus } from "@/lib/domain/hypervisor";

/** How the exchange with a guest can end badly, in words. */

export function noKey(seconds: number, last: GuestStatus | null): AethervError {
  const waited = formatDuration(seconds * 1000);
  const state = last === null ? "its host could not be asked" : `the VM is ${last.vm_state.toLowerCase()}`;
  return new AethervError("guest_no_key", `The guest did not publish its key within ${waited}; ${state}.`, {
    detail: last?.guest_error ?? null,
  });
}

export function noCompletion(seconds: number, seen: string | null): AethervError {
  const waited = formatDuration(seconds * 1000);
  const far = seen === null ? "It never began to apply its configuration." : "It was still applying it.";
  return new AethervError(
    "guest_no_completion",
    `The guest did not report that it was done within ${waited}. ${far}`,
  );
}

/** What was lost is known by now: nothing stands in KVP any more, and the guest was told nothing. */
export function stopped(error: AethervError): AethervError {
  const message = `${error.message} The guest's configuration was withdrawn.`;
  const next = "Shut the VM down, and start its initialization again with `force`.";
  return new AethervError(error.code, message, { next, cause: error });
}

export function guestFailed(status: GuestStatus): AethervError {
  const said = status.guest_error === null || status.guest_error === "" ? null : status.guest_error;
  const words = said === null ? "." : `: ${said}`;
  return new AethervError(
    "guest_provisioning_failed",
    `The guest reported that provisioning failed${words}`,
    {
      detail: said,
    },
  );
}
