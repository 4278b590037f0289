"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { startOf } from "@/lib/domain/start-of";
import { VisibleText } from "./visible-text";

/** Several screens of text are a document, and may be a megabyte. */
const SHOWN = { characters: 4_000, lines: 80 };

/** A text of any length with its lines; past some, the rest behind a button. */
export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? text : startOf(text, SHOWN);
  return (
    <>
      <p className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">
        <VisibleText text={shown} lines />
        {shown.length < text.length ? " …" : null}
      </p>
      {shown.length < text.length ? (
        <Button tone="quiet" className="mt-2" onClick={() => setAll(true)}>
          Show all
        </Button>
      ) : null}
    </>
  );
}
