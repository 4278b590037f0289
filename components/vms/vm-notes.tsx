import { LongText } from "@/components/shared/long-text";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { holdsMarker, notesWithoutMarker } from "@/lib/domain/deployment-marker";
import { Provenance } from "./vm-provenance";

/** A VM's Notes in Hyper-V: what people wrote, and what AetherV keeps there of itself. */
export function VmNotes({ notes }: { notes: string }) {
  const text = notesWithoutMarker(notes);
  return (
    <div className="space-y-4">
      {text === "" ? (
        <Empty title="No notes">Nobody wrote anything into the VM's Notes.</Empty>
      ) : (
        <Card title="Notes">
          <LongText text={text} />
        </Card>
      )}
      {holdsMarker(notes) ? (
        <Card title="AetherV's block in the Notes">
          <Provenance notes={notes} />
        </Card>
      ) : null}
    </div>
  );
}
