import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/empty";
import { holdsMarker } from "@/lib/domain/deployment-marker";
import type { VmView } from "@/lib/domain/inventory";
import { Provenance } from "./vm-provenance";

interface VmNotesProps {
  vm: VmView;
  /** What people wrote there. */
  text: string;
}

/** A VM's Notes in Hyper-V: what people wrote, and what AetherV keeps there of itself. */
export function VmNotes({ vm, text }: VmNotesProps) {
  return (
    <div className="space-y-4">
      {text === "" ? (
        <Empty title="No notes">Nobody wrote anything into the VM's Notes.</Empty>
      ) : (
        <Card title="Notes">
          <p className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
        </Card>
      )}
      {holdsMarker(vm.notes) ? (
        <Card title="AetherV's block in the Notes">
          <Provenance notes={vm.notes} />
        </Card>
      ) : null}
    </div>
  );
}
