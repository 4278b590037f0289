import { describe, expect, it } from "vitest";
import type { CheckStepName, HostFindings } from "@/lib/domain/host-check";
import { HEALTHY_HOST } from "@/tests/support/fake-hypervisor";
import { stepsOnHost } from "./host-steps";

const step = (name: CheckStepName, changes: Partial<HostFindings>) =>
  stepsOnHost({ ...HEALTHY_HOST, ...changes }).get(name);

describe("what an agent has found on a host", () => {
  it("passes where nothing is missing", () => {
    expect([...stepsOnHost(HEALTHY_HOST)].map(([name, { state }]) => `${name} ${state}`)).toEqual([
      "powershell passed",
      "hyperv passed",
      "service passed",
      "rights passed",
      "reach passed",
      "resources passed",
    ]);
  });

  const resources = HEALTHY_HOST.resources;
  const refused = { problem: "No." };
  it.each<[CheckStepName, Partial<HostFindings>, string | undefined, string]>([
    ["powershell", { powershell_version: "5.0.10586.117" }, "powershell_unsupported", "old_powershell"],
    ["powershell", { powershell_version: "4.0" }, "powershell_unsupported", "old_powershell"],
    [
      "powershell",
      { language_mode: "ConstrainedLanguage" },
      "powershell_unsupported",
      "constrained_language",
    ],
    ["hyperv", { hyperv_module: refused, rights: null }, "hyperv_missing", "no_hyperv_module"],
    ["service", { service: { status: "stopped" }, rights: null }, "hyperv_stopped", "hyperv_stopped"],
    ["service", { service: { status: null }, rights: null }, "hyperv_stopped", "hyperv_stopped"],
    ["rights", { rights: refused }, "host_access_denied", "no_hyperv_rights"],
    ["reach", { cluster: refused }, "cluster_denied", "cluster_silent"],
    ["reach", { share: { path: "\\\\corp\\SYSVOL", reached: false } }, undefined, "no_double_hop"],
    [
      "resources",
      { resources: { ...resources, code: "host_resources_missing", problem: "There is none." } },
      "host_resources_missing",
      "resources_missing",
    ],
    [
      "resources",
      { resources: { ...resources, code: "host_resources_invalid", problem: "It lacks networks." } },
      "host_resources_invalid",
      "resources_invalid",
    ],
    [
      "resources",
      { resources: { ...resources, missing_paths: ["E:\\x"] } },
      "host_resources_invalid",
      "resources_paths",
    ],
    [
      "resources",
      { resources: { ...resources, missing_switches: ["x"] } },
      "host_resources_invalid",
      "resources_paths",
    ],
  ])("%s with %j is %s", (name, changes, code, cause) => {
    const state = code === undefined ? "warning" : "failed";
    expect(step(name, changes)).toMatchObject({ state, cause, ...(code === undefined ? {} : { code }) });
  });

  it.each(["5.1", "5.1.14393.0", "7.4.6"])("takes PowerShell %s", (version) => {
    expect(step("powershell", { powershell_version: version })?.state).toBe("passed");
  });

  it("says nothing of what could not be tried", () => {
    expect(step("rights", { rights: null })).toBeUndefined();
  });
});
