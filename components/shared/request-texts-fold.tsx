"use client";

import { useState } from "react";
import { CodeText } from "@/components/ui/code-text";
import { LoadingRows } from "@/components/ui/loading";
import { OnDemand } from "./on-demand";
import type { ShownRequest } from "./request-texts";

/** Nobody needs it on most visits. */
const loadRequestTextsTabs = () => import("./request-texts-tabs").then((module) => module.RequestTextsTabs);

/** What a dialog is about to ask of the API, for a script. Folded until one wants it. */
export function RequestTextsFold({ request }: { request: ShownRequest }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-block min-h-6 cursor-pointer rounded-sm font-medium text-accent hover:underline">
        The same request for a script
      </summary>
      {open ? (
        <div className="mt-2 space-y-2">
          <p className="font-mono text-xs [overflow-wrap:anywhere]">
            <span className="font-semibold">{request.method}</span> /api/v1{request.address}
          </p>
          <Notes request={request} />
          <OnDemand
            load={loadRequestTextsTabs}
            props={{ request }}
            missing="The request cannot be shown"
            loading={<LoadingRows label="Loading" rows={5} />}
          />
        </div>
      ) : null}
    </details>
  );
}

function Notes({ request: { headers, body } }: { request: ShownRequest }) {
  const placeholder = Object.entries(body ?? {}).find(([name, value]) => value === `<${name}>`)?.[1];
  return (
    <>
      {headers["If-Match"] === undefined ? null : (
        <p className="text-muted">
          <CodeText text="`If-Match` holds the version that you see: once something else has changed, the API refuses it." />
        </p>
      )}
      {placeholder === undefined ? null : (
        <p className="text-muted">
          <CodeText
            text={`Passwords are placeholders such as \`${placeholder}\`: fill them in, or the API refuses it.`}
          />
        </p>
      )}
    </>
  );
}
