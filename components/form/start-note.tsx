import { FailureAlert } from "@/components/shared/failure-alert";
import { Age } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import type { Start } from "./start";

/** Says where the values come from that nobody has typed now. */
export function StartNote({ start, onDiscard }: { start: Start; onDiscard: () => void }) {
  const { restoredFrom, source, failure } = start;
  if (failure) {
    return <FailureAlert failure={failure} title="The form could not be filled in from there: it is empty" />;
  }
  if (restoredFrom !== null) {
    return (
      <Alert
        tone="busy"
        role="status"
        title="Draft restored"
        actions={<Button onClick={onDiscard}>Discard the draft</Button>}
      >
        <p>
          What you typed <Age iso={restoredFrom} /> is back. Passwords are never kept: type them again.
        </p>
      </Alert>
    );
  }
  if (source === null) return null;
  return (
    <Alert
      tone="busy"
      role="status"
      title={`Filled in from ${source.kind === "vm" ? "VM" : "the job of"} ${source.name}`}
    >
      <p>
        {source.kind === "vm" ? "What Hyper-V and AetherV know of it is here. " : null}
        Type passwords again, and what belongs to one VM alone: its name and its addresses.{" "}
        <TextLink href={source.href}>{source.kind === "vm" ? "See the VM" : "See the job"}</TextLink>
      </p>
    </Alert>
  );
}
