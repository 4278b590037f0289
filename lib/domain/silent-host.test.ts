import { expect, it } from "vitest";
import { hostWith } from "@/tests/support/host-views";
import type { ClusterNodeRecord, ClusterRoleRecord } from "./inventory";
import { fateOnSilentHost } from "./silent-host";

type NodeState = ClusterNodeRecord["state"];

function hostsSeeing(state: NodeState) {
  const cluster_nodes = [
    { name: "HV01", state },
    { name: "HV02", state: "up" as const },
  ];
  return [
    hostWith("hv01", { cluster: "c1" }, { state: "unreachable", as_of: "2026-01-01T00:00:00.000Z" }),
    hostWith("hv02", { cluster: "c1", cluster_nodes }),
  ];
}
const role = (state: ClusterRoleRecord["state"]): ClusterRoleRecord => ({ name: "web01", state });

it.each([
  ["down", role("online"), "started_elsewhere"],
  ["down", role("failed"), "started_elsewhere"],
  ["down", role("offline"), "down"],
  ["down", null, "down"],
  ["up", role("online"), "runs"],
  ["paused", null, "runs"],
  ["joining", role("online"), "unknown"],
  ["unknown", role("online"), "unknown"],
] as const)("where the cluster sees the node %s, a VM with the role %j: %s", (state, cluster_role, fate) => {
  expect(fateOnSilentHost({ host: "hv01", cluster_role }, hostsSeeing(state))).toEqual({
    fate,
    cluster: "c1",
  });
});

it("of a host in no cluster nobody says anything", () => {
  const alone = hostWith("hv09", {}, { state: "unreachable" });
  expect(fateOnSilentHost({ host: "hv09", cluster_role: null }, [alone])).toEqual({
    fate: "unknown",
    cluster: null,
  });
});
