"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/domain/amounts";
import { CopyValue } from "./copy-value";

/** More addresses than a machine has in earnest; a guest may tell of any number. */
const SHOWN = 20;

/** Addresses to copy, one a line; past some, the rest behind a button. */
export function AddressList({ addresses, className }: { addresses: readonly string[]; className?: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? addresses : addresses.slice(0, SHOWN);
  return (
    <>
      <ul>
        {shown.map((address) => (
          <li key={address} {...(className ? { className } : {})}>
            <CopyValue what={`address ${address}`} text={address} mono />
          </li>
        ))}
      </ul>
      {shown.length < addresses.length ? (
        <Button tone="quiet" onClick={() => setAll(true)}>
          Show all {formatCount(addresses.length)} addresses
        </Button>
      ) : null}
    </>
  );
}
