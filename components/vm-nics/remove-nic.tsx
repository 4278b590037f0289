"use client";

import useSWR from "swr";
import { FailureAlert } from "@/components/shared/failure-alert";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { VisibleText } from "@/components/shared/visible-text";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { LoadingRows } from "@/components/ui/loading";
import { useJobStart } from "@/lib/client/use-job-start";
import { readNic, removeNic } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";

interface RemoveNicProps {
  vm: VmView;
  nicId: string;
  onDone: (taken: boolean) => void;
}

/** An adapter is taken out of its VM: which one, and what is lost by it. */
export function RemoveNic({ vm, nicId, onDone }: RemoveNicProps) {
  const path = { vm_id: vm.vm_id, nic_id: nicId };
  const key = ["nic-removal", vm.vm_id, nicId];
  const { data, error, isValidating, mutate } = useSWR(key, () => readNic(vm.vm_id, nicId), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
    dedupingInterval: 0,
  });
  const { pending, failure, run, forget } = useJobStart(vm.vm_id);
  if (error) {
    return (
      <FailureAlert failure={error} title="The adapter could not be read" onRetry={() => void mutate()} />
    );
  }
  // An earlier answer is not shown again: the adapter may be another one by now.
  if (data === undefined || isValidating) {
    return <LoadingRows label="Reading the adapter" rows={3} />;
  }
  const { content: nic, version } = data;
  return (
    <div className="space-y-4">
      <Facts
        layout="rows"
        facts={[
          { term: "Network", value: nic.network === null ? "none" : <VisibleText text={nic.network} /> },
          { term: "MAC address", value: nic.mac_address ?? "none yet" },
          ...(nic.ip_addresses.length === 0
            ? []
            : [{ term: "Addresses", value: nic.ip_addresses.join(", ") }]),
        ]}
      />
      <p>
        {vm.state === "off"
          ? "The VM no longer has the adapter when it is started next."
          : VM_ACTIONS.nic_remove.confirm}
      </p>
      {failure ? (
        <FailureAlert failure={failure} title="The adapter was not removed">
          <Button
            onClick={() => {
              forget();
              void mutate();
            }}
          >
            Look again
          </Button>
        </FailureAlert>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDone(false)}>Keep the adapter</Button>
        <Button
          tone="danger"
          pending={pending}
          onClick={() =>
            void run(version, (idempotencyKey) => removeNic(vm.vm_id, nicId, version, idempotencyKey)).then(
              (taken) => {
                if (taken) onDone(true);
              },
            )
          }
        >
          Remove adapter
        </Button>
      </div>
      <RequestTextsFold request={shownRequest("DELETE /vms/{vm_id}/nics/{nic_id}", { path }, { version })} />
    </div>
  );
}
