"use client";

import { EditForm } from "@/components/component-form/edit-form";
import { shownRequest } from "@/components/shared/request-texts";
import { changeDisk, readDisk } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";
import { DiskNow } from "./disk-now";
import { shrinkProblems, sizeOf } from "./disk-size";

interface GrowDiskProps {
  vm: VmView;
  diskId: string;
  onDone: (taken: boolean) => void;
}

/** A disk gets larger, never smaller. */
export function GrowDisk({ vm, diskId, onDone }: GrowDiskProps) {
  const { vm_id } = vm;
  const path = { vm_id, disk_id: diskId };
  return (
    <EditForm
      body="disk-update"
      vm={vm}
      what="disk"
      id={diskId}
      read={() => readDisk(vm_id, diskId)}
      valuesOf={sizeOf}
      judge={shrinkProblems}
      intro={(disk) => <DiskNow disk={disk} vm={vm} />}
      send={(body, version, key) => changeDisk(vm_id, diskId, body, version, key)}
      request={(body, version) =>
        shownRequest("PATCH /vms/{vm_id}/disks/{disk_id}", { path, body }, { version })
      }
      failed="The disk was not grown"
      submit="Grow disk"
      onDone={onDone}
    />
  );
}
