import { jobTitle } from "@/components/jobs/job-words";
import { clusterAddress, hostAddress, jobAddress } from "@/components/shared/addresses";
import { Age, Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { TextLink } from "@/components/ui/text-link";
import { listed, sentence } from "@/lib/domain/attention/item";
import type { HostView, VmView } from "@/lib/domain/inventory";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { fateOnSilentHost } from "@/lib/domain/silent-host";
import { hostsThatMayHave } from "@/lib/domain/whereabouts";

interface VmNoticesProps {
  vm: VmView;
  hosts: readonly HostView[];
  /** Its jobs, the newest first. */
  jobs: readonly JobView[];
}

/** What one must know about a VM before anything else: what goes on with it, and what is wrong. */
export function VmNotices({ vm, hosts, jobs }: VmNoticesProps) {
  const host = hosts.find(({ name }) => name === vm.host);
  const underWay = jobs.filter(({ state }) => !isTerminal(state));
  return (
    <>
      {vm.stale ? <Unreachable vm={vm} host={host} hosts={hosts} /> : null}
      {vm.missing_since === null ? null : <Missing vm={vm} since={vm.missing_since} hosts={hosts} />}
      {vm.also_on.length === 0 ? null : <Copies vm={vm} />}
      {vm.activity === "migrating" && !vm.stale && vm.missing_since === null ? <Migrating vm={vm} /> : null}
      {vm.state === "critical" && !vm.stale ? <Critical vm={vm} /> : null}
      {underWay.map((job) => (
        <Alert key={job.job_id} tone="busy" title={`At work: ${jobTitle(job)}`}>
          <p>
            Asked by {job.actor}, <Time iso={job.created_at} />.{" "}
            <TextLink href={jobAddress(job.job_id)}>Follow the job</TextLink>
          </p>
        </Alert>
      ))}
    </>
  );
}

interface UnreachableProps {
  vm: VmView;
  host: HostView | undefined;
  hosts: readonly HostView[];
}

function Unreachable({ vm, host, hosts }: UnreachableProps) {
  const error = host?.error ?? null;
  return (
    <Alert tone="warn" title={`${vm.host} could not be read: this is what was known last`}>
      <p>
        It was read <Age iso={vm.as_of} />
        {error === null ? (
          "."
        ) : (
          <>
            {" and has not answered since "}
            <Time iso={error.since} />. <CodeText text={sentence(error.message)} />
          </>
        )}
      </p>
      {error === null ? null : (
        <p>
          <CodeText text={error.next} />
        </p>
      )}
      <p>
        <Fate vm={vm} hosts={hosts} /> <TextLink href={hostAddress(vm.host)}>Look at {vm.host}</TextLink>
      </p>
    </Alert>
  );
}

/** What has probably become of the VM, by what its cluster says of the node; the overview says the same of it. */
function Fate({ vm, hosts }: { vm: VmView; hosts: readonly HostView[] }) {
  const { fate, cluster } = fateOnSilentHost(vm, hosts);
  if (cluster === null || fate === "unknown") return "The VM itself may well be running.";
  const at = <TextLink href={clusterAddress(cluster)}>{cluster}</TextLink>;
  switch (fate) {
    case "runs":
      return <>{at} still sees the node, so the VM is probably as it was.</>;
    case "started_elsewhere":
      return (
        <>
          {at} sees the node down, too, and has probably started the VM on another one: the next reads of the
          other nodes show it there. Where they do not, look for its role in Failover Cluster Manager.
        </>
      );
    case "down":
      return (
        <>
          {at} sees the node down, too, and does not start this VM elsewhere: it is down until the node is
          back.
        </>
      );
  }
}

function Missing({ vm, since, hosts }: { vm: VmView; since: string; hosts: readonly HostView[] }) {
  const mayHaveIt = hostsThatMayHave(vm, vm.host, hosts);
  const unread = hosts.filter(
    ({ name, state }) => name !== vm.host && state === "unreachable" && mayHaveIt.includes(name),
  );
  const all = mayHaveIt.length === hosts.length;
  return (
    <Alert tone="warn" title={`${vm.host} no longer has this VM`}>
      <p>
        Since <Time iso={since} />. It moves to another host, or was deleted outside AetherV. It is shown as
        it was known last until {all || vm.cluster === null ? "every host" : `every node of ${vm.cluster}`}{" "}
        was read again.
      </p>
      {unread.length === 0 ? null : (
        <p>
          {unread.map(({ name }) => name).join(", ")} {unread.length === 1 ? "does" : "do"} not answer: until{" "}
          {unread.length === 1 ? "it does" : "they do"}, nobody can say that the VM is gone.
        </p>
      )}
    </Alert>
  );
}

function Copies({ vm }: { vm: VmView }) {
  const others = listed(vm.also_on);
  return (
    <Alert tone="warn" title={`A VM with this id is on ${others}, too`}>
      <p>
        What is shown is the one on {vm.host}. A replica is meant so; a copy that is not needed is to be taken
        away on its host. Until then AetherV does nothing with either: work on them in Hyper-V Manager.
      </p>
    </Alert>
  );
}

function Migrating({ vm }: { vm: VmView }) {
  return (
    <Alert tone="busy" title="A live migration is under way">
      <p>The VM keeps running, and stays listed on {vm.host} until another host has taken it over.</p>
    </Alert>
  );
}

function Critical({ vm }: { vm: VmView }) {
  return (
    <Alert tone="bad" title="Hyper-V reports the VM as critical">
      <p>
        {vm.host} cannot reach files of the VM, or has no room for them. Check its storage, then look for the
        VM in Hyper-V Manager and in the Event Viewer under Hyper-V-VMMS.
      </p>
    </Alert>
  );
}
