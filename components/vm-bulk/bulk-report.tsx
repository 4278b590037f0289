import { useState } from "react";
import { jobAddress, vmAddress } from "@/components/shared/addresses";
import { VisibleText } from "@/components/shared/visible-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeText } from "@/components/ui/code-text";
import { LongList } from "@/components/ui/long-list";
import { RowLink, TextLink } from "@/components/ui/text-link";
import { counted } from "@/lib/domain/amounts";
import type { BulkItem, BulkRun, BulkSnapshot } from "./bulk-run";
import { retryRun } from "./current-run";
import { faceOf, isOver, isTroubled, summaryOf } from "./report-words";

interface BulkReportProps {
  run: BulkRun;
  snapshot: BulkSnapshot;
  onClose: () => void;
}

/** What a bulk action has come to, VM by VM, as its jobs run. */
export function BulkReport({ run, snapshot, onClose }: BulkReportProps) {
  const { items } = snapshot;
  const [only, setOnly] = useState(false);
  const troubled = items.filter(isTroubled);
  const again = snapshot.sending ? 0 : items.filter(isPassing).length;
  return (
    <div className="space-y-3">
      <p role="status">{summaryOf(snapshot)}</p>
      {troubled.length === 0 || troubled.length === items.length ? null : (
        <Checkbox checked={only} onChange={setOnly}>
          Only what was not done: {counted(troubled.length, "VM")}
        </Checkbox>
      )}
      <LongList
        label="Report"
        items={only && troubled.length > 0 ? troubled : items}
        keyOf={({ vm_id }) => vm_id}
        className="max-h-[min(26rem,55dvh)]"
        render={(item) => <ReportItem item={item} />}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {isOver(snapshot) ? null : (
          <p className="mr-auto text-muted text-xs">
            It goes on without this window, which opens again from below the list.
          </p>
        )}
        {again === 0 ? null : (
          <Button onClick={() => retryRun(run)}>
            {again === items.length ? "Try again" : `Try the remaining ${counted(again, "VM")} again`}
          </Button>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}

const isPassing = ({ state }: BulkItem) => state.kind === "refused" && state.passing;

function ReportItem({ item: { vm_id, vm_name, state } }: { item: BulkItem }) {
  const { word, tone, text } = faceOf(state);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3">
        <RowLink href={vmAddress(vm_id)} className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <VisibleText text={vm_name} />
        </RowLink>
        <Badge tone={tone}>{word}</Badge>
        {state.kind === "started" ? (
          <TextLink href={jobAddress(state.job_id)} prefetch={false} className="ml-auto text-sm">
            Job<span className="sr-only">: {vm_name}</span>
          </TextLink>
        ) : null}
      </p>
      {text === "" ? null : (
        <p className="text-muted text-sm [overflow-wrap:anywhere]">
          <CodeText text={text} />
        </p>
      )}
    </>
  );
}
