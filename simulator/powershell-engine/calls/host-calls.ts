import { z } from "zod";
import { hasCondition } from "../../host/faults";
import { StandInError, standInCall } from "./stand-in-call";

/**
 * `Test-Path` of a file share. The account's logon ends at the host, where nothing else is set up: then Windows
 * refuses the share.
 */
export const reachShare = standInCall(z.strictObject({ path: z.string() }), ({ fleet, host }, { path }) => {
  if (hasCondition(fleet.faults, host.name, "credentials_travel")) return true;
  throw new StandInError("ItemExistsUnauthorizedAccessError", "PermissionDenied", "Access is denied", path);
});
