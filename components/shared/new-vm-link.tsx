import Link from "next/link";
import { buttonLook } from "@/components/ui/button";

/** Leads to the New VM form. */
export function NewVmLink() {
  return (
    <Link href="/vms/new" className={buttonLook("primary")}>
      New VM
    </Link>
  );
}
