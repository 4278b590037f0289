import { AgentScripts } from "@/lib/agents/agent-scripts";
import { WinrmConnectionProbes } from "@/lib/agents/connection-probes";
import { WinrmAgentInvoker } from "@/lib/agents/invoker";
import { WarmAgentInvoker } from "@/lib/agents/warm-invoker";
import { type Config, loadConfig } from "@/lib/config";
import { findJob } from "@/lib/deployment/find-job";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import type { ApiRuntime } from "@/lib/http/call";
import { IdempotencyStore } from "@/lib/http/idempotency";
import { type CompiledForm, SchemaCatalogue } from "@/lib/http/schema-catalogue";
import { AgentHypervisor, type AgentSchemas } from "@/lib/hyperv/agent-hypervisor";
import { CallQueue } from "@/lib/hyperv/call-queue";
import type { JobLimits } from "@/lib/jobs/job-service";
import { createLogger } from "@/lib/log";
import { openApiDocument } from "@/lib/openapi/document";
import { compileFormValidator } from "@/lib/schema/form-validator";
import { loadHostResourcesSchema, loadSchemas } from "@/lib/schema/load";
import { type SchemaSet, textOf } from "@/lib/schema/schema-set";
import { SchemaValidators } from "@/lib/schema/validate";
import { composeServices, type Services } from "@/lib/server/services";
import { TrackedInvoker } from "@/lib/server/tracked-invoker";

/**
 * Reads that run on one host at the same time, and guests that are waited for while they shut down. Beside them
 * run one mutation, one image copy and one check by default: eight shells of the 30 that WinRM allows one user
 * (MaxShellsPerUser, Windows Server 2012 and later).
 */
const READS_PER_HOST = 3;
const GUEST_WAITS_PER_HOST = 2;
const CHECKS_PER_HOST = 1;
/** A host that hangs keeps the server from being ready for no longer than this. */
const FIRST_PASS_LIMIT_MS = 30_000;

/** All of AetherV, put together. */
export interface Server extends ApiRuntime, Services {
  config: Config;
  schemas: SchemaCatalogue;
  validators: SchemaValidators;
  /** The API's description of itself, OpenAPI 3.1: made when it is first asked for. */
  openApi(): JsonObject;
  /** Whether requests can be answered from an inventory: every host was read, or does not answer. */
  ready(): boolean;
  /** @throws AethervError `job_not_found`, `job_gone` with the VM that is left of the job */
  job(jobId: string): JobView;
  /**
   * Has a host (all hosts, without a name) read again, soon.
   * @throws AethervError `host_not_found`
   */
  refreshInventory(host?: string): void;
  /** Starts nothing new, gives jobs `drainMs` to end, and closes what is open on the hosts. */
  shutDown(drainMs: number): Promise<void>;
}

/**
 * Next.js loads this module more than once: for `instrumentation.ts`, for pages, for route handlers.
 * The process has one server all the same.
 */
const holder = globalThis as { [key: symbol]: Server | undefined };
const HELD = Symbol.for("aetherv.server");

/** The running server; null: it is still being put together. */
export function getServer(): Server | null {
  return holder[HELD] ?? null;
}

/**
 * Puts the server together from configuration, schemas and agents, and begins to read the hosts.
 * @throws ConfigError, SchemaFileError, and others whose message is meant for the person who starts it.
 */
export function startServer(): Server {
  const running = getServer();
  if (running !== null) return running;
  const server = compose(loadConfig());
  holder[HELD] = server;
  server.inventory.start();
  const { file, hosts } = server.config;
  server.log.info({ file, hosts: hosts.map(({ name }) => name) }, "started");
  if (hosts.length === 0) {
    server.log.warn("No hosts are configured: name them in aetherv.config.json, see docs/configuration.md.");
  }
  return server;
}

function compose(config: Config): Server {
  const log = createLogger(config.log.level);
  const set = loadSchemas(config.paths.schemas);
  const validators = new SchemaValidators(set);
  const scripts = AgentScripts.load(config.paths.agents);
  const warm = config.winrm.warm_processes ? new WarmAgentInvoker(scripts) : null;
  const invoker = new TrackedInvoker(warm ?? new WinrmAgentInvoker(scripts));
  const hypervisor = new AgentHypervisor({
    hosts: config.hosts,
    invoker,
    queue: new CallQueue({
      mutation: config.jobs.mutations_per_host,
      copy: config.jobs.copies_per_host,
      guest: GUEST_WAITS_PER_HOST,
      read: READS_PER_HOST,
      check: CHECKS_PER_HOST,
      waiting: config.jobs.queued_limit,
    }),
    deadlines: config.deadlines,
    schemas: agentSchemas(set),
  });
  const services = composeServices({
    hosts: config.hosts,
    hypervisor,
    schemas: set,
    validators,
    limits: jobLimits(config),
    inventory: {
      periodSeconds: config.inventory.period_seconds,
      diskRereadSeconds: config.inventory.disk_reread_seconds,
    },
    initialization: config.initialization,
    checks: { probes: new WinrmConnectionProbes(), deadlineSeconds: config.deadlines.host_check },
    reportMistake: (err, job_id) => log.error({ err, job_id }, "a job failed by mistake"),
  });
  const { jobs, inventory } = services;
  inventory.onAnswering((host, failure) => {
    if (failure === null) log.info({ host }, "the host answers again");
    else log.warn({ host, code: failure.code, detail: failure.detail }, failure.message);
  });

  const startedAt = performance.now();
  let shuttingDown = false;
  let document: JsonObject | null = null;
  return {
    ...services,
    config,
    log,
    validators,
    schemas: catalogue(set, validators, loadHostResourcesSchema(config.paths.schemas)),
    openApi: () => {
      document ??= openApiDocument(validators);
      return document;
    },
    idempotency: new IdempotencyStore(),
    ready: () => inventory.firstPassDone() || performance.now() - startedAt > FIRST_PASS_LIMIT_MS,
    job: (jobId) => findJob(jobs, inventory, jobId),
    refreshInventory(host) {
      if (host !== undefined) inventory.host(host);
      void inventory.refresh(host);
    },
    shuttingDown: () => shuttingDown,
    async shutDown(drainMs) {
      shuttingDown = true;
      await jobs.drain(drainMs);
      inventory.stop();
      await invoker.idle();
      await warm?.close();
    },
  };
}

function jobLimits({ jobs }: Config): JobLimits {
  return {
    retained: jobs.retained,
    retentionMs: jobs.retention_hours * 3_600_000,
    logBytes: jobs.log_bytes,
    unfinished: jobs.queued_limit,
    unknownMs: jobs.unknown_minutes * 60_000,
    settleMs: jobs.settle_seconds * 1_000,
  };
}

/** What travels with every agent call: the schema that its fields come from (docs/agent-protocol.md). */
function agentSchemas(set: SchemaSet): AgentSchemas {
  const initialization = { name: "initialization", version: textOf(set.overlay, "version") };
  return {
    vm: { name: "vm", version: textOf(set.vm, "version") },
    disk: { name: "disk", version: textOf(set.disk, "version") },
    nic: { name: "nic", version: textOf(set.nic, "version") },
    initialization,
    inventory: initialization,
    host: initialization,
  };
}

function catalogue(set: SchemaSet, validators: SchemaValidators, hostResources: JsonObject): SchemaCatalogue {
  // The bodies of the components' own APIs: to make one, and to change it.
  const bodies = {
    "vm-spec": validators.schema("vm"),
    "disk-spec": validators.schema("disk"),
    "nic-spec": validators.schema("nic"),
    "vm-update": validators.updateSchema("vm"),
    "disk-update": validators.updateSchema("disk"),
    "nic-update": validators.updateSchema("nic"),
  };
  const published = {
    vm: set.vm,
    disk: set.disk,
    nic: set.nic,
    "managed-deployment": set.overlay,
    "host-resources": hostResources,
    initialization: validators.schema("initialization"),
    ...bodies,
  };
  const forms = Object.entries(bodies).map(([name, schema]) => [name, compiledForm(schema)]);
  const newVm = compiledForm(validators.schema("managed_deployment"));
  return new SchemaCatalogue(published, newVm, Object.fromEntries(forms));
}

function compiledForm(schema: JsonObject): CompiledForm {
  return { schema, script: compileFormValidator(schema) };
}
