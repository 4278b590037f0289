"use client";

import { Boxes } from "lucide-react";
import { useRef, useState } from "react";
import { clusterAddress } from "@/components/shared/addresses";
import { OnDemand } from "@/components/shared/on-demand";
import { VisibleText } from "@/components/shared/visible-text";
import { ActionButton } from "@/components/ui/action-button";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { type Fact, Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import type { VmChosen } from "@/components/vm-actions/act-on-vm";
import { whyUnavailable } from "@/components/vm-actions/vm-action";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { askedOf, whyNotAdded } from "./cluster-role";
import { roleFace } from "./vm-words";

/** Nobody needs it on most visits. */
const loadActOnVm = () => import("@/components/vm-actions/act-on-vm").then((module) => module.ActOnVm);

interface VmClusterRoleProps {
  vm: VmView;
  host: HostView | undefined;
  jobs: readonly JobView[];
}

/** A VM's role in its host's failover cluster: what it means, and how it gets one or loses it. */
export function VmClusterRole({ vm, host, jobs }: VmClusterRoleProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [chosen, setChosen] = useState<VmChosen | null>(null);
  const role = vm.cluster_role;
  const choice = role === null ? "cluster_add" : "cluster_remove";
  const unavailable = role === null ? whyNotAdded(vm, host) : whyUnavailable("cluster_remove", vm);
  return (
    <Card title="Cluster role">
      <div className="space-y-3 text-sm">
        <Facts facts={factsOf(vm, askedOf(vm, jobs))} layout="rows" />
        <p className="text-muted">{meaningOf(vm)}</p>
        <ActionButton
          ref={button}
          label={`${VM_ACTIONS[choice].label} …`}
          Icon={Boxes}
          unavailable={unavailable}
          onPress={() => setChosen({ choice, vm })}
        />
      </div>
      {chosen === null ? null : (
        <OnDemand
          load={loadActOnVm}
          props={{ chosen, onDone: () => setChosen(null), finalFocus: () => button.current }}
          missing="Nothing was done"
        />
      )}
    </Card>
  );
}

function factsOf({ cluster, cluster_role: role, stale }: VmView, asked: string | null): Fact[] {
  const facts: Fact[] = [
    {
      term: "Cluster",
      value:
        cluster === null ? (
          <span className="text-muted">none</span>
        ) : (
          <TextLink href={clusterAddress(cluster)}>{cluster}</TextLink>
        ),
    },
  ];
  if (role !== null) {
    const { word, tone } = roleFace(role.state);
    facts.push({
      term: "Role",
      value: (
        <span className="flex flex-wrap items-center gap-2">
          <VisibleText text={role.name} />
          <Badge tone={stale ? "neutral" : tone}>{stale ? `last known: ${word}` : word}</Badge>
        </span>
      ),
    });
  } else if (cluster !== null) {
    facts.push({ term: "Role", value: <span className="text-muted">none</span> });
  }
  if (asked !== null) facts.push({ term: "Asked for", value: asked });
  return facts;
}

function meaningOf({ host, cluster_role }: VmView): string {
  return cluster_role === null
    ? `It does not fail over: if ${host} fails, the VM is down until it is back.`
    : `If ${host} fails, the cluster starts it on another node.`;
}
