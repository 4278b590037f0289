"use client";

import type { WidgetProps } from "@rjsf/utils";
import type { ReactNode } from "react";
import { Age } from "@/components/shared/time";
import { Badge } from "@/components/ui/badge";
import { LoadingRows } from "@/components/ui/loading";
import { Meter } from "@/components/ui/meter";
import { formatBytes } from "@/lib/domain/amounts";
import type { HostRecord, HostView } from "@/lib/domain/inventory";
import { emptyReason } from "./choices";
import { ChoicesFailed } from "./choices-failed";
import { useFormState } from "./form-state";
import { unfitReasons } from "./host-fit";
import { useControl } from "./use-control";

const COLUMNS = "lg:grid-cols-[minmax(8rem,1.2fr)_1fr_1fr_1.3fr_5.5rem]";

/**
 * The hosts side by side, with what one compares them by. They are radio buttons: a host that does not fit
 * can be reached and says why, but cannot be chosen. Their order never changes while one types.
 */
export function HostsWidget(props: WidgetProps) {
  const { control } = useControl(props);
  const { choices, choicesError, hostsLoading, onRetryChoices } = useFormState();
  const { id, onBlur, name } = control;
  const { hosts, demand } = choices;
  if (hosts.length === 0) {
    if (choicesError) return <ChoicesFailed id={id} failure={choicesError} onRetry={onRetryChoices} />;
    if (hostsLoading) return <LoadingRows label="Reading what the hosts offer" rows={3} />;
    return (
      <p id={id} tabIndex={-1} className="text-muted">
        {emptyReason("hosts", choices)}
      </p>
    );
  }
  const shown = control.disabled ? hosts.filter((host) => host.name === props.value) : hosts;
  const gone = typeof props.value === "string" && !hosts.some((host) => host.name === props.value);
  return (
    <div
      role="radiogroup"
      id={id}
      aria-labelledby={`${id}__label`}
      aria-describedby={control["aria-describedby"]}
      aria-invalid={control["aria-invalid"]}
      aria-required={control.required}
      className="max-h-[36rem] overflow-y-auto rounded-md border border-edge aria-invalid:border-bad"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
      }}
    >
      <div
        aria-hidden="true"
        className={`hidden gap-x-4 border-line border-b bg-raised px-3 py-1.5 text-muted text-xs lg:grid ${COLUMNS}`}
      >
        <span className="pl-7">Host</span>
        <span>Memory</span>
        <span>Processors</span>
        <span>Storage</span>
        <span>As of</span>
      </div>
      {gone ? (
        <p className="border-line border-b px-3 py-2 text-warn">
          {String(props.value)} is not one of the configured hosts any more: choose another.
        </p>
      ) : null}
      {shown.map((host) => (
        <HostRow
          key={host.name}
          id={`${id}-${host.name}`}
          name={name}
          host={host}
          reasons={control.disabled ? NONE : unfitReasons(host, demand)}
          fixed={control.disabled}
          checked={props.value === host.name}
          onChoose={() => props.onChange(host.name)}
        />
      ))}
      {choicesError ? (
        <div className="border-line border-t px-3 py-2">
          <ChoicesFailed id={`${id}-refresh`} failure={choicesError} onRetry={onRetryChoices} />
        </div>
      ) : null}
    </div>
  );
}

const NONE: readonly string[] = [];

interface HostRowProps {
  id: string;
  name: string;
  host: HostView;
  reasons: readonly string[];
  /** It is the one, whatever is chosen. */
  fixed: boolean;
  checked: boolean;
  onChoose: () => void;
}

function HostRow({ id, name, host, reasons, fixed, checked, onChoose }: HostRowProps) {
  const unfit = reasons.length > 0;
  const { record } = host;
  return (
    <label
      className={`grid gap-x-4 gap-y-1.5 border-line px-3 py-2.5 [&:not(:first-of-type)]:border-t ${COLUMNS} ${
        unfit || fixed ? "cursor-not-allowed" : "cursor-pointer hover:bg-raised/60"
      } has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2`}
    >
      <span className="flex items-start gap-3">
        <input
          type="radio"
          name={name}
          className="mt-0.5 size-4 shrink-0 accent-accent"
          aria-labelledby={`${id}-name`}
          aria-describedby={unfit ? `${id}-unfit ${id}-facts` : `${id}-facts`}
          aria-disabled={unfit || undefined}
          disabled={fixed}
          checked={checked}
          onChange={() => {
            if (!unfit) onChoose();
          }}
        />
        <span className="min-w-0">
          <span id={`${id}-name`} className={`block break-words font-medium ${unfit ? "text-muted" : ""}`}>
            {host.name}
          </span>
          <span className="text-muted text-xs">{record ? (record.cluster ?? "standalone") : null}</span>
        </span>
      </span>
      <span id={`${id}-facts`} className="contents">
        {record ? (
          <HostFacts host={host} record={record} />
        ) : (
          <span className="text-muted">Not read yet</span>
        )}
      </span>
      {unfit ? (
        <span
          id={`${id}-unfit`}
          className="col-span-full flex flex-wrap items-baseline gap-x-2 gap-y-1 lg:pl-7"
        >
          <Badge tone={host.state === "unreachable" ? "bad" : "warn"}>does not fit</Badge>
          <span className="min-w-0 break-words text-xs">{reasons.join(" ")}</span>
        </span>
      ) : null}
    </label>
  );
}

function HostFacts({ host, record }: { host: HostView; record: HostRecord }) {
  const { memory_total_bytes: total, memory_available_bytes: free, logical_processors: logical } = record;
  return (
    <>
      <Fact term="Memory">
        {formatBytes(free)} free
        <span className="block text-muted text-xs">of {formatBytes(total)}</span>
        <Bar used={total - free} total={total} />
      </Fact>
      <Fact term="Processors">
        {host.committed_vcpus} virtual in use
        <span className="block text-muted text-xs">on {logical} logical</span>
        <Bar used={host.committed_vcpus} total={logical} />
      </Fact>
      <Fact term="Storage">
        {record.storage_classes.map(({ name, free_bytes, shared }) => (
          <span key={name} className="block">
            {name}{" "}
            <span className="text-muted text-xs">
              {free_bytes === null ? "cannot be read" : `${formatBytes(free_bytes)} free`}
              {shared ? ", shared" : ""}
            </span>
          </span>
        ))}
      </Fact>
      <Fact term="As of">
        <span className="text-muted text-xs">{host.as_of ? <Age iso={host.as_of} /> : "never"}</span>
      </Fact>
    </>
  );
}

/** On a narrow page the columns stand below one another, each with its name. */
function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <span className="grid min-w-0 grid-cols-[6rem_minmax(0,1fr)] pl-7 lg:block lg:pl-0">
      <span className="text-muted text-xs leading-5 lg:sr-only">{term} </span>
      <span className="min-w-0 break-words">{children}</span>
    </span>
  );
}

/** The words beside it say the same. */
function Bar({ used, total }: { used: number; total: number }) {
  return (
    <span aria-hidden="true" className="mt-1 block max-w-32">
      <Meter label="" used={used} total={total} text="" />
    </span>
  );
}
