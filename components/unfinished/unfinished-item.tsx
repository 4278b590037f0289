import { Check, CircleDashed, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import { resourceWord } from "@/components/jobs/job-words";
import { continueAddress, hostAddress, vmAddress } from "@/components/shared/addresses";
import { Age, Time } from "@/components/shared/time";
import { VisibleText } from "@/components/shared/visible-text";
import { Button, buttonLook } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { VmStateBadge } from "@/components/vms/vm-state-badge";
import type { HostView } from "@/lib/domain/inventory";
import type { CreatedResource } from "@/lib/domain/job";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { visibleText } from "@/lib/domain/visible-text";
import { missingWords, progressWords } from "./unfinished-words";

interface UnfinishedItemProps {
  deployment: UnfinishedDeployment;
  /** undefined: not known yet. */
  host: HostView | undefined;
  /** @param from what has the focus again afterwards */
  onRemove: (from: HTMLElement) => void;
}

/** One unfinished deployment: what of it exists, what is missing, and both ways out. */
export function UnfinishedItem({ deployment, host, onRemove }: UnfinishedItemProps) {
  const { vm_name, state, since, actor, exists, missing, half_made_disk } = deployment;
  const silent = host?.state === "unreachable";
  const name = visibleText(vm_name);
  return (
    <Card
      title={name}
      meta={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <VmStateBadge state={state} stale={silent} />
          came to {progressWords(deployment)}
        </span>
      }
      actions={
        <Actions
          deployment={deployment}
          name={name}
          unavailable={
            silent
              ? `${deployment.host} could not be read: nothing can be done here until it answers.`
              : undefined
          }
          onRemove={onRemove}
        />
      }
    >
      <div className="space-y-4">
        <Facts
          facts={[
            {
              term: "Host",
              value: (
                <TextLink href={hostAddress(deployment.host)} prefetch={false}>
                  {deployment.host}
                </TextLink>
              ),
            },
            {
              term: "Begun",
              value:
                since === null ? (
                  "not known"
                ) : (
                  <>
                    <Age iso={since} />, <Time iso={since} />
                  </>
                ),
            },
            { term: "Asked by", value: actor ?? "not known" },
          ]}
        />
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <Things title="What exists">
            {exists.map((resource) => (
              <Thing key={`${resource.kind} ${resource.id}`} done>
                <Made resource={resource} />
              </Thing>
            ))}
            {half_made_disk === null ? null : (
              <Thing done={false}>
                Perhaps the half of a disk, which is never used:{" "}
                <span className="font-mono text-xs">
                  <VisibleText text={half_made_disk} />
                </span>
              </Thing>
            )}
          </Things>
          <Things title="What is missing">
            {missing.map((step) => (
              <Thing key={step} done={false}>
                {missingWords(step, deployment)}
              </Thing>
            ))}
            {missing.length === 0 ? <Thing done>Nothing but the word that it is complete</Thing> : null}
          </Things>
        </div>
      </div>
    </Card>
  );
}

interface ActionsProps extends Pick<UnfinishedItemProps, "deployment" | "onRemove"> {
  name: string;
  /** Why nothing can be done now. */
  unavailable: string | undefined;
}

function Actions({ deployment, name, unavailable, onRemove }: ActionsProps) {
  const reason = useId();
  const isOff = unavailable !== undefined;
  const told = isOff ? { "aria-describedby": reason, "aria-disabled": true } : {};
  const content = (
    <>
      <Play aria-hidden="true" className="size-4" />
      Continue<span className="sr-only"> {name}</span>
    </>
  );
  return (
    <>
      {isOff ? (
        <p id={reason} className="text-muted text-xs">
          {unavailable}
        </p>
      ) : null}
      {isOff ? (
        <Button tone="primary" {...told} className="aria-disabled:cursor-not-allowed">
          {content}
        </Button>
      ) : (
        <Link
          href={continueAddress(deployment.deployment_id)}
          prefetch={false}
          className={buttonLook("primary")}
        >
          {content}
        </Link>
      )}
      <Button
        tone="danger"
        {...told}
        className="aria-disabled:cursor-not-allowed"
        onClick={(event) => {
          if (!isOff) onRemove(event.currentTarget);
        }}
      >
        <Trash2 aria-hidden="true" className="size-4" />
        Remove<span className="sr-only"> {name}</span>
      </Button>
    </>
  );
}

function Made({ resource: { kind, id, name, path } }: { resource: CreatedResource }) {
  return (
    <>
      {resourceWord(kind)}{" "}
      {kind === "vm" ? (
        <TextLink href={vmAddress(id)} prefetch={false}>
          <VisibleText text={name} />
        </TextLink>
      ) : (
        <VisibleText text={name} />
      )}
      {path === undefined ? null : (
        <span className="block font-mono text-muted text-xs">
          <VisibleText text={path} />
        </span>
      )}
    </>
  );
}

function Things({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <h3 id={id} className="mb-1 text-muted text-xs">
        {title}
      </h3>
      <ul aria-labelledby={id} className="space-y-1.5">
        {children}
      </ul>
    </div>
  );
}

function Thing({ done, children }: { done: boolean; children: ReactNode }) {
  const Icon = done ? Check : CircleDashed;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 ${done ? "text-ok" : "text-muted"}`} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}
