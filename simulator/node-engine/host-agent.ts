import { DURATION } from "../host/durations";
import { hasCondition } from "../host/faults";
import { findFile, findMedia, volumeOf } from "../host/storage";
import type { AgentContext, AgentOutputs } from "./agent-context";
import { AgentError } from "./agent-error";
import { readHostResources } from "./host-resources";

/** What PowerShell says where a module is not installed. */
export const MODULE_MISSING =
  "The specified module 'Hyper-V' was not loaded because no valid module file was found in any module directory.";

/** Counterpart of `host/check`. */
export async function checkHost(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host } = context;
  await context.work(DURATION.inventoryBulk);
  const is = (condition: Parameters<typeof hasCondition>[2]) =>
    hasCondition(fleet.faults, host.name, condition);
  const hasModule = !is("no_hyperv_module");
  const runs = !is("vmms_stopped");
  const mayAsk = !is("no_hyperv_rights");
  const problem = (isThere: boolean, words: string) => ({ problem: isThere ? null : words });
  return {
    powershell_version: host.powershellVersion,
    language_mode: "FullLanguage",
    hyperv_module: problem(hasModule, MODULE_MISSING),
    service: { status: runs ? "running" : "stopped" },
    rights:
      hasModule && runs
        ? problem(mayAsk, "You do not have the required permission to complete this task.")
        : null,
    share: { path: "\\\\corp.example\\SYSVOL", reached: is("credentials_travel") },
    cluster:
      host.cluster === null
        ? null
        : problem(!is("cluster_silent"), "You do not have administrative privileges on the cluster."),
    resources: resourcesOf(context, hasModule && runs && mayAsk),
  };
}

function resourcesOf({ fleet, host }: AgentContext, withSwitches: boolean) {
  const none = { missing_paths: [], missing_switches: [] };
  try {
    const resources = readHostResources(fleet, host);
    const folders = [resources.virtual_machines_path, ...resources.storage_classes.map(({ path }) => path)];
    const files = [...resources.images, ...(resources.provisioning_media ?? [])].map(({ path }) => path);
    const isOfHost = (name: string) =>
      host.switches.some((other) => other.toLowerCase() === name.toLowerCase());
    return {
      code: null,
      problem: null,
      missing_paths: [
        ...folders.filter((path) => volumeOf(host, path) === null),
        ...files.filter((path) => findFile(host, path) === null && findMedia(host, path) === null),
      ],
      missing_switches: withSwitches
        ? resources.networks
            .map(({ configuration }) => configuration.virtual_switch)
            .filter((name) => !isOfHost(name))
        : [],
    };
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    return { code: error.code, problem: error.message, ...none };
  }
}
