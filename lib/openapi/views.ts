import { z } from "zod";
import type { JsonObject } from "@/lib/domain/json";
import * as deployment from "./views/deployment";
import * as inventory from "./views/inventory";
import * as job from "./views/job";
import * as problem from "./views/problem";
import * as records from "./views/records";
import * as service from "./views/service";

/** What the document names: each under `#/components/schemas`. All other schemas stand where they are used. */
const NAMED = {
  Vm: inventory.vmView,
  VmList: inventory.vmList,
  VmSummary: inventory.vmSummary,
  VmState: records.vmState,
  Disk: records.disk,
  VmDisk: inventory.vmDisk,
  DiskList: inventory.diskList,
  Nic: records.nic,
  VmNic: inventory.vmNic,
  NicList: inventory.nicList,
  DeletionPlan: inventory.deletionPlan,
  ClusterRole: records.clusterRole,
  NameCheck: inventory.nameCheck,
  Host: inventory.hostView,
  HostList: inventory.hostList,
  HostRecord: records.hostRecord,
  StorageClass: records.storageClass,
  Network: records.network,
  Image: records.image,
  Cluster: inventory.clusterView,
  ClusterList: inventory.clusterList,
  Inventory: inventory.inventoryChanges,
  UnfinishedDeployment: deployment.unfinishedDeployment,
  UnfinishedDeploymentList: deployment.unfinishedDeploymentList,
  Job: job.jobView,
  JobList: job.jobList,
  JobLog: job.jobLogPage,
  JobState: job.jobState,
  JobKind: job.jobKind,
  CheckStep: job.checkStep,
  Accepted: job.accepted,
  Valid: job.valid,
  Schema: service.schemaDocument,
  SchemaList: service.schemaList,
  Form: service.formDefinition,
  Live: service.live,
  Ready: service.ready,
  OpenApi: service.openapiDocument,
  Nothing: service.nothing,
  Problem: problem.problem,
  ProblemCode: problem.problemCode,
} as const satisfies Record<string, z.ZodType>;

/** The name of a view's schema in the document. */
export type ViewName = keyof typeof NAMED;

/** The document's own schemas, by name, as JSON Schema 2020-12. */
export function viewSchemas(): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // What an answer gains later is no break: a client passes over what it does not know.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.propertyNames !== undefined) delete jsonSchema.propertyNames;
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
    unrepresentable: "any",
  });
  const plain = Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]);
  return JSON.parse(JSON.stringify(Object.fromEntries(plain)));
}
