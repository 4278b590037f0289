import { roleNameOf } from "../host/cluster";
import { DURATION } from "../host/durations";
import type { Host, VirtualMachine } from "../host/model";
import { findFile, findMedia } from "../host/storage";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { readHostResources } from "./host-resources";
import { readOtherNodes } from "./other-nodes";
import {
  type FileSurrounding,
  mediaCopyPath,
  ownFiles,
  requireNoCheckpoint,
  requireOwnFile,
  surroundingOf,
} from "./own-files";

/** Counterpart of `vm/deletion_plan`: the checks of `vm/delete`, nothing of its work. */
export async function planDeletion(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  readOtherNodes(context.request.spec);
  await context.work(DURATION.getVm);
  return {
    files: await plannedFiles(context, vm),
    checkpoints: vm.checkpoints.length,
    cluster_role: roleNameOf(vm),
    state: vm.state,
  };
}

async function plannedFiles(context: AgentContext, vm: VirtualMachine): Promise<AgentOutputs[]> {
  const { fleet, host } = context;
  const paths = ownFiles(host, vm);
  let surrounding: FileSurrounding | null = null;
  const withoutResources = await refusal(async () => {
    surrounding = await surroundingOf(context, vm, paths, readHostResources(fleet, host));
  });
  const planned: AgentOutputs[] = [];
  for (const path of paths) {
    const refused =
      withoutResources ??
      (await refusal(() => {
        requireNoCheckpoint([path], "vm_id");
        if (surrounding !== null) requireOwnFile(context, path, surrounding, "delete_files");
      }));
    planned.push({
      path,
      kind: path === mediaCopyPath(vm) ? "media" : "disk",
      size_bytes: lengthOf(host, path),
      deletable: refused === null,
      code: refused?.code ?? null,
      reason: refused?.message ?? null,
    });
  }
  return planned;
}

async function refusal(check: () => void | Promise<void>): Promise<AgentError | null> {
  try {
    await check();
    return null;
  } catch (thrown) {
    if (thrown instanceof AgentError) return thrown;
    throw thrown;
  }
}

function lengthOf(host: Host, path: string): number | null {
  return findFile(host, path)?.fileBytes ?? findMedia(host, path)?.fileBytes ?? null;
}
