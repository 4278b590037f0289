"use client";

import { Age } from "@/components/shared/time";
import { Meter } from "@/components/ui/meter";
import { formatBytes } from "@/lib/client/format";
import type { HostRecord, HostView, NetworkRecord } from "@/lib/domain/inventory";
import type { OptionSource } from "@/lib/schema/schema-set";
import { networkOf } from "./choices";
import { useFormState } from "./form-state";
import { prefixLengthOf } from "./network-settings";

/** What one wants to know of the choice just made: the host's room, the network's settings. */
export function ChoiceDetails({ source, value }: { source: OptionSource; value: string }) {
  const { host } = useFormState().choices;
  if (source === "hosts" && host?.name === value && host.record)
    return <HostRoom host={host} record={host.record} />;
  if (source === "host.networks") {
    const network = networkOf(host?.record, value);
    return network ? <NetworkFacts network={network} /> : null;
  }
  if (source === "host.images") {
    const description = host?.record?.images.find((image) => image.name === value)?.description;
    return description ? <p className="mt-1 text-muted text-xs">{description}</p> : null;
  }
  return null;
}

function HostRoom({ host, record }: { host: HostView; record: HostRecord }) {
  const { memory_total_bytes: total, memory_available_bytes: free } = record;
  const memory = `${formatBytes(free)} free of ${formatBytes(total)}`;
  return (
    <dl className="mt-2 grid gap-x-6 gap-y-2 rounded-md bg-raised px-3 py-2 text-xs sm:grid-cols-2">
      <div>
        <dt className="text-muted">Memory</dt>
        <dd>
          {memory}
          <Meter label="Memory in use" used={total - free} total={total} text={memory} />
        </dd>
      </div>
      <div>
        <dt className="text-muted">Machine</dt>
        <dd>
          {record.logical_processors} logical processors, {host.vm_count} {host.vm_count === 1 ? "VM" : "VMs"}
          {host.as_of ? (
            <span className="block text-muted">
              as of <Age iso={host.as_of} />
            </span>
          ) : null}
        </dd>
      </div>
      {record.storage_classes.map((storage) =>
        storage.capacity_bytes === null || storage.free_bytes === null ? null : (
          <div key={storage.name}>
            <dt className="text-muted">Storage {storage.name}</dt>
            <dd>
              {formatBytes(storage.free_bytes)} free of {formatBytes(storage.capacity_bytes)}
              <Meter
                label={`Storage ${storage.name} in use`}
                used={storage.capacity_bytes - storage.free_bytes}
                total={storage.capacity_bytes}
                text={`${formatBytes(storage.free_bytes)} free`}
              />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function NetworkFacts({ network }: { network: NetworkRecord }) {
  const settings = network.ip_settings;
  if (!settings)
    return <p className="mt-1 text-muted text-xs">Nothing is known of this network's addresses.</p>;
  const prefix = settings.subnet_mask === null ? null : prefixLengthOf(settings.subnet_mask);
  const facts = [
    settings.network_address && prefix !== null ? `${settings.network_address}/${prefix}` : null,
    settings.gateway ? `gateway ${settings.gateway}` : null,
    settings.dns ? `DNS ${[settings.dns, settings.dns_secondary].filter(Boolean).join(", ")}` : null,
  ].filter(Boolean);
  return (
    <p className="mt-1 text-muted text-xs">
      {settings.dhcp_available === true ? (
        <span className="text-ok">DHCP is available. </span>
      ) : settings.dhcp_available === false ? (
        <span className="text-warn">There is no DHCP here: choose a static address. </span>
      ) : null}
      {facts.join(" · ")}
    </p>
  );
}
