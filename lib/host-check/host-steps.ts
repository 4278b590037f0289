import type { CheckStepName, HostFindings, StepFinding } from "@/lib/domain/host-check";

/** What the agent has seen, as findings of the steps on the host; a step that is missing could not be tried. */
export function stepsOnHost(findings: HostFindings): ReadonlyMap<CheckStepName, StepFinding> {
  const { rights } = findings;
  return new Map<CheckStepName, StepFinding>([
    ["powershell", powershell(findings)],
    ["hyperv", hyperv(findings)],
    ["service", service(findings)],
    ...(rights === null ? [] : ([["rights", rightsOf(rights)]] as const)),
    ["reach", reach(findings)],
    ["resources", resources(findings)],
  ]);
}

function powershell({ powershell_version: version, language_mode: mode }: HostFindings): StepFinding {
  const facts = [
    { name: "Version", value: version },
    { name: "Language mode", value: mode },
  ];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 5 || (major === 5 && minor < 1)) {
    return {
      state: "failed",
      message: `The host has PowerShell ${version}; AetherV needs 5.1.`,
      code: "powershell_unsupported",
      cause: "old_powershell",
      facts,
    };
  }
  if (mode !== "FullLanguage") return { ...constrained(mode), facts };
  return { state: "passed", message: "PowerShell runs AetherV's scripts.", facts };
}

/** PowerShell that does not run what it is sent. */
export function constrained(mode: string): StepFinding {
  return {
    state: "failed",
    message: `PowerShell is held to ${mode} on the host: it refuses AetherV's scripts.`,
    code: "powershell_unsupported",
    cause: "constrained_language",
  };
}

function hyperv({ hyperv_module: { problem } }: HostFindings): StepFinding {
  if (problem === null) return { state: "passed", message: "Hyper-V's PowerShell module is there." };
  return {
    state: "failed",
    message: `Hyper-V's PowerShell module cannot be loaded: ${sentence(problem)}`,
    code: "hyperv_missing",
    cause: "no_hyperv_module",
  };
}

function service({ service: { status } }: HostFindings): StepFinding {
  if (status === "running") return { state: "passed", message: "Hyper-V's management service runs." };
  const message =
    status === null
      ? "The host has no service vmms, Hyper-V's management: the role is not installed, or the account may not see it."
      : `Hyper-V's management service (vmms) is ${status}.`;
  return { state: "failed", message, code: "hyperv_stopped", cause: "hyperv_stopped" };
}

function rightsOf({ problem }: NonNullable<HostFindings["rights"]>): StepFinding {
  if (problem === null) return { state: "passed", message: "The account may list the VMs of the host." };
  return {
    state: "failed",
    message: `The account may not list the VMs of the host: ${sentence(problem)}`,
    code: "host_access_denied",
    cause: "no_hyperv_rights",
  };
}

function reach({ share, cluster }: HostFindings): StepFinding {
  if (cluster !== null && cluster.problem !== null) {
    return {
      state: "failed",
      message: `The host's cluster does not answer the account: ${sentence(cluster.problem)}`,
      code: "cluster_denied",
      cause: "cluster_silent",
    };
  }
  const inCluster = cluster === null ? "" : "The account reaches the cluster. ";
  if (share === null) {
    return {
      state: "passed",
      message: `${inCluster}The host is in no domain: there is nothing else to reach.`,
    };
  }
  const facts = [{ name: "Share tried", value: share.path }];
  if (share.reached) {
    return { state: "passed", message: `${inCluster}The account's credentials reach file shares.`, facts };
  }
  return {
    state: "warning",
    message: `${inCluster}The account's credentials end at the host: it reaches no file shares from there.`,
    cause: "no_double_hop",
    facts,
  };
}

function resources({
  resources: { code, problem, missing_paths, missing_switches },
}: HostFindings): StepFinding {
  if (code !== null) {
    const cause = code === "host_resources_missing" ? "resources_missing" : "resources_invalid";
    return { state: "failed", message: sentence(problem ?? "It cannot be used"), code, cause };
  }
  const facts = [
    ...missing_paths.map((value) => ({ name: "Not there", value })),
    ...[...new Set(missing_switches)].map((value) => ({ name: "No such switch", value })),
  ];
  if (facts.length === 0) {
    return { state: "passed", message: "The host resources file is valid, and what it names is there." };
  }
  return {
    state: "failed",
    message: "The host resources file names what is not there.",
    code: "host_resources_invalid",
    cause: "resources_paths",
    facts,
  };
}

function sentence(words: string): string {
  return /[.!?]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`;
}
