import { describe, expect, it } from "vitest";
import { hostRecord, vmRecord } from "@/tests/support/fake-records";
import { hostsThatMayHave, type ToldHost } from "./whereabouts";

const nodes = ["HV01", "HV02"].map((name) => ({ name, state: "up" as const }));
const member = (name: string, cluster_nodes = nodes): ToldHost => ({
  name,
  record: hostRecord(name, { cluster: "Cluster01", cluster_nodes }),
});
const alone: ToldHost = { name: "hv09", record: hostRecord("hv09", { cluster: null, cluster_nodes: [] }) };
const unread: ToldHost = { name: "hv08", record: null };
const clustered = vmRecord("a", { cluster_role: { name: "a", state: "online" } });
const free = vmRecord("b");

describe("the hosts that may have a VM which its host has no more", () => {
  it("are the nodes of the cluster that it has a role in", () => {
    const hosts = [member("hv01"), alone, member("hv02"), unread];
    expect(hostsThatMayHave(clustered, "hv01", hosts)).toEqual(["hv01", "hv02"]);
  });

  it("are all others too that were never read, where not all nodes are known", () => {
    const hosts = [member("hv01"), alone, unread];
    expect(hostsThatMayHave(clustered, "hv01", hosts)).toEqual(["hv01", "hv08"]);
    const silent = [member("hv01", []), member("hv02", []), unread];
    expect(hostsThatMayHave(clustered, "hv01", silent)).toEqual(["hv01", "hv02", "hv08"]);
  });

  it("are all hosts for a VM without a role, and outside of clusters", () => {
    const hosts = [member("hv01"), alone, unread];
    expect(hostsThatMayHave(free, "hv01", hosts)).toEqual(["hv01", "hv09", "hv08"]);
    expect(hostsThatMayHave(clustered, "hv09", hosts)).toEqual(["hv01", "hv09", "hv08"]);
  });
});
