import type { ReactNode } from "react";
import { vmListAddress } from "@/components/shared/addresses";
import { HOST_STATES } from "@/components/shared/host-state-badge";
import { SpaceMeter } from "@/components/shared/space";
import { vcpuRatio, vcpuSentence } from "@/components/shared/vcpus";
import { StateDot, type Tone } from "@/components/ui/state-dot";
import { RowLink } from "@/components/ui/text-link";
import { facetFace } from "@/components/vms/vm-facets";
import { formatBytes, formatCount } from "@/lib/domain/amounts";
import type { Capacity } from "@/lib/domain/capacity";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { vmCountsOf } from "./vm-counts";

interface FleetFiguresProps {
  hosts: readonly HostView[];
  vms: readonly VmSummary[];
  /** Of all hosts together. */
  capacity: Capacity;
}

/** The whole fleet in four figures. */
export function FleetFigures({ hosts, vms, capacity }: FleetFiguresProps) {
  const {
    memory_total_bytes: total,
    memory_available_bytes: free,
    largest_available_bytes: largest,
  } = capacity;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(min(13rem,100%),1fr))] gap-px overflow-hidden rounded-lg border border-line bg-line">
      <Figure term="Hosts" value={formatCount(hosts.length)}>
        <HostStates hosts={hosts} />
      </Figure>
      <Figure term="Virtual machines" value={formatCount(capacity.vm_count)}>
        <ul className="flex flex-wrap gap-x-3">
          {vmCountsOf(vms, hosts).map(({ state, count }) => (
            <Tally key={state} {...facetFace(state)} href={vmListAddress("state", state)} count={count} />
          ))}
        </ul>
      </Figure>
      <Figure term="Memory" value={formatBytes(free)} unit="free">
        <p>
          of {formatBytes(total)}; at most {formatBytes(largest)} on one host
        </p>
        <SpaceMeter label="Memory" free={free} total={total} />
      </Figure>
      <Figure
        term="Processors"
        value={vcpuRatio(capacity.committed_vcpus, capacity.logical_processors)}
        unit="committed"
      >
        <p>{vcpuSentence(capacity.committed_vcpus, capacity.logical_processors)}</p>
      </Figure>
    </dl>
  );
}

interface FigureProps {
  term: string;
  value: string;
  unit?: string;
  children: ReactNode;
}

function Figure({ term, value, unit, children }: FigureProps) {
  return (
    <div className="min-w-0 bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{term}</dt>
      <dd>
        <p className="font-semibold text-xl tracking-tight">
          {value}
          {unit ? <span className="font-normal text-base text-muted tracking-normal"> {unit}</span> : null}
        </p>
        <div className="mt-0.5 text-muted text-sm">{children}</div>
      </dd>
    </div>
  );
}

function HostStates({ hosts }: { hosts: readonly HostView[] }) {
  const many = (state: string) => hosts.filter((host) => host.state === state).length;
  return (
    <ul className="flex flex-wrap gap-x-3">
      {Object.entries(HOST_STATES).map(([state, face]) =>
        many(state) === 0 ? null : (
          <Tally key={state} {...face} href={`/hosts?state=${state}`} count={many(state)} />
        ),
      )}
    </ul>
  );
}

interface TallyProps {
  tone: Tone;
  word: string;
  href: string;
  count: number;
}

function Tally({ tone, word, href, count }: TallyProps) {
  return (
    <li className="flex min-h-6 items-center gap-1.5">
      <StateDot tone={tone} />
      <RowLink href={href} className="text-ink!">
        {formatCount(count)} {word}
      </RowLink>
    </li>
  );
}
