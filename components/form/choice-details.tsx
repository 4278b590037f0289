"use client";

import { Fragment, type ReactNode } from "react";
import { sentenceOf, spaceFinding } from "@/lib/domain/host-fit";
import { imageIn, networkIn, storageClassIn } from "@/lib/domain/host-offers";
import type { NetworkRecord } from "@/lib/domain/inventory";
import type { OptionSource } from "@/lib/schema/schema-set";
import { useFormState } from "./form-state";
import { prefixLengthOf } from "./network-settings";

/** The id of what is told of a control's choice. */
export function detailsId(controlId: string): string {
  return `${controlId}__details`;
}

/** What one wants to know of the choice just made: the network's settings, the image, the room. */
export function ChoiceDetails({ id, source, value }: { id: string; source: OptionSource; value: string }) {
  const { host, demand } = useFormState().choices;
  return (
    <p id={detailsId(id)} aria-live="polite" className="text-muted text-xs not-empty:mt-1">
      {details()}
    </p>
  );

  function details(): ReactNode {
    const record = host?.record;
    if (!record) return null;
    if (source === "host.networks") {
      const network = networkIn(record, value);
      return network ? <NetworkFacts network={network} /> : null;
    }
    if (source === "host.images") {
      return imageIn(record, value)?.description ?? null;
    }
    const storage = storageClassIn(record, value);
    if (storage === null) return null;
    if (storage.free_bytes === null) return <span className="text-warn">{storage.name} cannot be read.</span>;
    const finding = spaceFinding(storage, record, demand);
    return finding ? <span className="text-warn">{sentenceOf(host.name, finding)}</span> : null;
  }
}

function NetworkFacts({ network }: { network: NetworkRecord }) {
  const settings = network.ip_settings;
  if (!settings) return "Nothing is known of this network's addresses.";
  const prefix = settings.subnet_mask === null ? null : prefixLengthOf(settings.subnet_mask);
  const facts = [
    settings.network_address && prefix !== null ? `${settings.network_address}/${prefix}` : null,
    settings.gateway ? `gateway ${settings.gateway}` : null,
    settings.dns ? `DNS ${[settings.dns, settings.dns_secondary].filter(Boolean).join(", ")}` : null,
  ].filter(Boolean);
  return (
    <Fragment>
      {settings.dhcp_available === true ? (
        <span className="text-ok">DHCP is available. </span>
      ) : settings.dhcp_available === false ? (
        <span className="text-warn">There is no DHCP here: choose a static address. </span>
      ) : null}
      {facts.join(" · ")}
    </Fragment>
  );
}
