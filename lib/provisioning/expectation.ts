import { AethervError } from "@/lib/domain/errors";
import type { VmRecord } from "@/lib/domain/inventory";

/** What somebody saw when they decided on a change: it is made only while that is still so. */
export interface Expectation {
  /** Of `version.ts`: one of these must be there. null: there must be something. */
  versions: readonly string[] | null;
}

/**
 * @param versionOf the version of what is changed, within its VM; null: it is not there
 * @throws AethervError `vm_changed`
 */
export function requireExpected(
  expectation: Expectation | undefined,
  vm: VmRecord,
  versionOf: (vm: VmRecord) => string | null,
): void {
  if (expectation === undefined) return;
  const version = versionOf(vm);
  if (version !== null && (expectation.versions === null || expectation.versions.includes(version))) return;
  throw new AethervError("vm_changed", `VM ${vm.vm_name} is no longer as it was when this was decided on.`);
}
