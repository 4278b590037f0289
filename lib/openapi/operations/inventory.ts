import { noFields, refreshFields } from "@/lib/http/body";
import { inventoryQuery, noQuery } from "@/lib/http/query";
import { type ApiOperation, BODY_PROBLEMS, polledRead, submission } from "../api-operation";

export const inventoryOperations: readonly ApiOperation[] = [
  polledRead({
    path: "/inventory",
    id: "getInventory",
    tag: "inventory",
    summary: "Read everything, or what has changed",
    description: "Hosts whole, VMs in short. With `since` only what has changed, for a client that keeps up.",
    query: inventoryQuery,
    view: "Inventory",
  }),
  {
    method: "POST",
    path: "/inventory/refresh",
    id: "refreshInventory",
    tag: "inventory",
    summary: "Have hosts read again",
    description: "One host or, without a name, all of them. The inventory shows when that has happened.",
    query: noQuery,
    body: { fields: refreshFields, example: { host: "hv01" }, optional: true },
    headers: [],
    answers: [{ status: 202, description: "They are being read.", view: "Nothing" }],
    problems: ["invalid_request", ...BODY_PROBLEMS, "host_not_found"],
  },
  polledRead({
    path: "/hosts",
    id: "listHosts",
    tag: "inventory",
    summary: "List hosts",
    view: "HostList",
  }),
  polledRead({
    path: "/hosts/{name}",
    id: "getHost",
    tag: "inventory",
    summary: "Read a host",
    view: "Host",
    problems: ["host_not_found"],
  }),
  submission({
    path: "/hosts/{name}/check",
    id: "checkHost",
    tag: "inventory",
    summary: "Test the connection to a host",
    description:
      "Tries everything that AetherV needs of a host, one step after another, and changes nothing there. The job's `outputs.steps` (`CheckStep`) tell of each step while it runs and afterwards; it fails with the first step that does. While a check of the host is under way, this answers with its job. The body may be left out.",
    body: { fields: noFields, example: {}, optional: true },
    problems: ["host_not_found"],
  }),
  polledRead({
    path: "/clusters",
    id: "listClusters",
    tag: "inventory",
    summary: "List failover clusters",
    view: "ClusterList",
  }),
  polledRead({
    path: "/clusters/{name}",
    id: "getCluster",
    tag: "inventory",
    summary: "Read a failover cluster",
    view: "Cluster",
    problems: ["cluster_not_found"],
  }),
];
