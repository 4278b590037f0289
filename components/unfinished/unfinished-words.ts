import type { DeploymentStep, UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";

const MISSING: Record<DeploymentStep, string> = {
  vm: "Making sure of the VM's settings",
  disk: "Its disk",
  nic: "Its network adapter",
  initialization: "Starting and configuring its guest",
  cluster: "Its role in the cluster",
};

/** What a step that is missing would do. */
export function missingWords(
  step: DeploymentStep,
  { state, exists }: Pick<UnfinishedDeployment, "state" | "exists">,
): string {
  if (step === "initialization" && state === "running")
    return "Configuring its guest, unless it says that it is";
  if (step === "nic" && exists.some(({ kind }) => kind === "nic")) return "Its adapter's network";
  return MISSING[step];
}

const BEGUN: Record<DeploymentStep, string> = {
  vm: "creating the VM",
  disk: "creating its disk",
  nic: "adding its network adapter",
  initialization: "configuring its guest",
  cluster: "clustering it",
};

/** `step 2 of 4, creating its disk` */
export function progressWords({ step, progress }: Pick<UnfinishedDeployment, "step" | "progress">): string {
  return `step ${progress.step} of ${progress.steps}, ${BEGUN[step]}`;
}
