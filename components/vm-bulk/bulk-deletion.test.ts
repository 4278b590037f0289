import { expect, it } from "vitest";
import { ConnectionFailed } from "@/lib/client/api";
import type { Deletion } from "@/lib/client/vm-changes";
import type { PlannedFile } from "@/lib/domain/deletion";
import { vmSummary } from "@/tests/support/vm-summaries";
import { type AskedVm, deletionsOf, problemsOf } from "./bulk-deletion";

const file = (deletable = true): PlannedFile => ({
  ...{ path: "D:\\vm.vhdx", kind: "disk", size_bytes: 1, deletable },
  ...{ code: deletable ? null : "file_not_owned", reason: deletable ? null : "Another VM uses it." },
});

const asked = (name: string, plan: Partial<Deletion["plan"]> = {}, failure: unknown = null): AskedVm => ({
  ...{ vm: vmSummary(name), stale: false, failure },
  deletion:
    failure === null
      ? ({
          ...{ vm: {}, version: null },
          plan: { files: [], checkpoints: 0, cluster_role: null, state: "off", next: null, ...plan },
        } as unknown as Deletion)
      : null,
});

const VMS = [
  asked("plain", { files: [file()] }),
  asked("running", { state: "running", files: [file()] }),
  asked("shared", { files: [file(), file(false)] }),
  asked("checked", { checkpoints: 1 }),
  asked("unread", {}, new ConnectionFailed("AetherV's server does not answer.")),
];
const names = (files: "keep" | "delete" | null, turnOff: boolean) =>
  deletionsOf(VMS, { files, turnOff }).able.map(({ vm: { vm_name } }) => vm_name);

it("leaves out what the choice does not reach, each with its reason", () => {
  expect(names("keep", false)).toEqual(["plain", "shared"]);
  expect(names("keep", true)).toEqual(["plain", "running", "shared"]);
  expect(names("delete", true)).toEqual(["plain", "running"]);
  const { left } = deletionsOf(VMS, { files: "delete", turnOff: false });
  expect(left.map(({ why, items }) => `${items[0]?.vm.vm_name}: ${why}`)).toEqual([
    "running: It is running: only a VM that is off can be deleted.",
    "shared: A file of it cannot be deleted, and it goes only with its files: Another VM uses it.",
    expect.stringContaining("checked: The VM has a checkpoint"),
    "unread: What would go with it could not be read. AetherV's server does not answer.",
  ]);
});

it("asks what becomes of files where there are any, and for how many it is meant", () => {
  const plan = deletionsOf(VMS, { files: null, turnOff: true });
  const nothing = { files: null, turnOff: true, typed: "delete 2 vms" };
  expect(problemsOf(plan, nothing)).toEqual({
    files: "Choose what becomes of their files.",
    typed: "Type it as it is: delete 3 VMs",
  });
  expect(problemsOf(plan, { ...nothing, files: "keep", typed: " Delete 3 VMs " })).toEqual({});
  const bare = deletionsOf([asked("bare")], { files: null, turnOff: false });
  expect(problemsOf(bare, { files: null, turnOff: false, typed: "delete 1 vm" })).toEqual({});
});
