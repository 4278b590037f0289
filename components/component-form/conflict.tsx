"use client";

import { useEffect, useRef } from "react";
import { VisibleText } from "@/components/shared/visible-text";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { Difference } from "./changes";

interface ConflictProps {
  /** What is changed: "network adapter". */
  what: string;
  differences: readonly Difference[];
  onKeep: () => void;
  onTake: () => void;
}

/** Somebody has changed the same meanwhile: what is another one by now, and what to do about one's own input. */
export function Conflict({ what, differences, onKeep, onTake }: ConflictProps) {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => alert.current?.focus(), []);
  return (
    <Alert
      ref={alert}
      tone="warn"
      role="alert"
      title={`The ${what} was changed while you edited it`}
      actions={
        <>
          <Button onClick={onKeep}>Keep my changes</Button>
          {differences.length > 0 ? <Button onClick={onTake}>Take the new values</Button> : null}
        </>
      }
    >
      <p>Nothing was saved.</p>
      {differences.length === 0 ? (
        <p>
          All that this form shows is as it was: what is another one stands elsewhere on the VM’s page, such
          as its state.
        </p>
      ) : (
        <Table
          caption="What was changed"
          head={
            <>
              <Th>Field</Th>
              <Th>Was</Th>
              <Th>Is now</Th>
              <Th>Yours</Th>
            </>
          }
        >
          {differences.map(({ name, title, before, now, mine }) => (
            <tr key={name}>
              <RowHeader>{title}</RowHeader>
              <Td>
                <VisibleText text={before} />
              </Td>
              <Td>
                <VisibleText text={now} />
              </Td>
              <Td>
                {mine === null ? (
                  <span className="text-muted">not changed</span>
                ) : (
                  <VisibleText text={mine} />
                )}
              </Td>
            </tr>
          ))}
        </Table>
      )}
    </Alert>
  );
}
