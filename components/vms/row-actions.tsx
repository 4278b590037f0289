import { Copy, Ellipsis } from "lucide-react";
import Link from "next/link";
import { useContext } from "react";
import { duplicateAddress } from "@/components/shared/addresses";
import { visibleText } from "@/lib/domain/visible-text";
import { RowMenuContext } from "./row-menu-context";
import type { VmRow } from "./vm-row";

const LOOK =
  "-my-1 inline-grid size-7 place-items-center rounded-md align-middle text-muted hover:bg-line hover:text-ink";

/** At the end of a row: the form filled in with what the VM is, and what can be done with it. */
export function RowActions({ row }: { row: VmRow }) {
  const { vm } = row;
  const open = useContext(RowMenuContext);
  const name = visibleText(vm.vm_name);
  return (
    <>
      <Link
        href={duplicateAddress(vm.vm_id)}
        prefetch={false}
        aria-label={`Duplicate ${name}`}
        title={`Duplicate ${name}`}
        className={LOOK}
      >
        <Copy aria-hidden="true" className="size-3.5" />
      </Link>
      <button
        type="button"
        aria-haspopup="menu"
        aria-label={`Actions for ${name}`}
        title={`Actions for ${name}`}
        className={LOOK}
        // A press of the keyboard has no clicks to count.
        onClick={(event) => open(row, event.currentTarget, event.detail === 0)}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </button>
    </>
  );
}
