import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { type AgentInvoker, WinrmAgentInvoker } from "@/lib/agents/invoker";
import { WarmAgentInvoker } from "@/lib/agents/warm-invoker";
import type { JobView } from "@/lib/domain/job";
import { SchemaValidators } from "@/lib/schema/validate";
import { agentHypervisor } from "@/tests/support/agent-hypervisor";
import { eventually } from "@/tests/support/eventually";
import { INITIALIZATION, LIMITS, provisioning } from "@/tests/support/provisioning";
import { SimulatorProcess } from "@/tests/support/simulator-process";
import { thrownBy } from "@/tests/support/thrown-by";

/**
 * Whole deployments from validated body to configured guest: the services over real agents' text, over
 * WinRM and TLS, against simulated hosts in a process of their own.
 */

const PASSWORD = 'Canary "quoted" päss 1';
/** The hosts are far below a second: what a test waits for has happened or never will. */
const FAST = {
  ...INITIALIZATION,
  poll_seconds: 0.1,
  propagation_seconds: 0,
  key_wait_seconds: 120,
  completion_wait_seconds: 120,
};

let simulator: SimulatorProcess;
let services: ReturnType<typeof provisioning>;
let validators: SchemaValidators;
/** Shells that a host may have while nobody asks it anything. */
let keptShells = 0;

const scripts = AgentScripts.load("agents");
const INVOKERS = [
  {
    how: "a process for each call",
    invoker: new WinrmAgentInvoker(scripts),
    kept: 0,
    close: async () => undefined,
  },
  warm(new WarmAgentInvoker(scripts)),
];

function warm(invoker: WarmAgentInvoker) {
  return {
    how: "processes that serve one call after the other",
    invoker,
    // Two processes, and the shells that waiting calls and a second and third read had for their own.
    kept: 7,
    close: async () => {
      await invoker.close();
      for (const { name } of simulator.hosts) expect((await simulator.wire(name)).open_shells).toBe(0);
    },
  };
}

async function begin(invoker: AgentInvoker): Promise<void> {
  simulator = await SimulatorProcess.start();
  const hypervisor = agentHypervisor(simulator.hosts, invoker);
  services = provisioning(hypervisor, simulator.hosts, {
    limits: { ...LIMITS, settleMs: 300 },
    initialization: FAST,
    periodSeconds: 3_600,
  });
  validators = new SchemaValidators(services.schemas);
  await services.inventory.refresh();
}

function deploy(request: Record<string, unknown>): JobView {
  const body = {
    os_family: "linux",
    target_host: "hv01",
    cpu_cores: 2,
    gb_ram: 2,
    size_gb: 20,
    image_name: "Debian 12",
    network: "Servers",
    ip_behavior: "dhcp",
    guest_la_uid: "operator",
    guest_la_pw: "Linux-canary-1",
    ...request,
  };
  const validated = validators.validate("managed_deployment", body);
  if (!validated.ok) throw new Error(JSON.stringify(validated.problems));
  return services.deployments.create(validated.value).start("operator");
}

const ended = ({ job_id }: JobView) => services.jobs.ended(job_id);

/** No read of the host is under way, so that the next request on the wire is the deployment's. */
async function quiet(host: string): Promise<void> {
  await services.inventory.refresh(host);
  const isIdle = async () => (await simulator.wire(host)).open_shells <= keptShells;
  await eventually(isIdle, `no calls under way on ${host}`);
}

const clusterRefuses = () =>
  simulator.fault({
    host: "hv01",
    kind: "agent_error",
    agent: "vm",
    operation: "cluster_add",
    code: "cluster_storage_not_shared",
    message: "The VM's configuration is on no shared volume.",
  });

describe.each(INVOKERS)("a managed deployment over WinRM, with $how", ({ invoker, kept, close }) => {
  beforeAll(() => {
    keptShells = kept;
    return begin(invoker);
  });
  afterEach(() => simulator.clearFaults());
  afterAll(async () => {
    services.inventory.stop();
    await close();
    await simulator.stop();
  });

  it("makes a Windows VM with a static address in a domain, whose guest gets exactly what was typed", async () => {
    const typed = {
      vm_name: "win-static-01",
      os_family: "windows",
      gb_ram: 8,
      size_gb: 60,
      image_name: "Windows Server 2025",
      network: "Production",
      guest_la_uid: "Administrator",
      guest_la_pw: PASSWORD,
      domain: "corp.example.com",
      domain_ou: "OU=Servers,DC=corp,DC=example,DC=com",
      join_account: "svc-join@corp.example.com",
      join_password: `${PASSWORD} join`,
      ip_behavior: "static",
      ip_address: "10.20.10.77",
      prefix_length: 24,
      gateway: "10.20.10.1",
      dns_server: "10.20.0.53",
      dns_server_2: "10.20.0.54",
    };
    const job = await ended(deploy(typed));
    expect(job.error).toBeNull();
    expect(job.state).toBe("succeeded");
    const vm = await simulator.vm("win-static-01");
    expect(vm).toMatchObject({
      host: "hv01",
      vm_id: job.outputs.vm_id,
      state: "running",
      disks: [job.outputs.path],
    });
    expect(vm?.adapters).toMatchObject([{ nic_id: job.outputs.nic_id, vlan_id: 10 }]);
    expect(vm?.guest?.applied).toMatchObject({
      guest_host_name: "win-static-01",
      guest_la_uid: "Administrator",
      guest_la_pw: PASSWORD,
      guest_domain_join_target: "corp.example.com",
      guest_domain_join_ou: typed.domain_ou,
      guest_domain_join_uid: typed.join_account,
      guest_domain_join_pw: `${PASSWORD} join`,
      guest_v4_ip_addr: "10.20.10.77",
      guest_v4_cidr_prefix: "24",
      guest_v4_default_gw: "10.20.10.1",
      guest_v4_dns1: "10.20.0.53",
      guest_v4_dns2: "10.20.0.54",
    });
  });

  it("makes a Linux VM with DHCP, removes its secrets from KVP and shrinks the marker in its Notes", async () => {
    const job = await ended(deploy({ vm_name: "linux-dhcp-01" }));
    expect(job.error).toBeNull();
    const vm = await simulator.vm("linux-dhcp-01");
    expect(vm?.guest?.applied).toEqual({
      guest_host_name: "linux-dhcp-01",
      guest_la_uid: "operator",
      guest_la_pw: "Linux-canary-1",
    });
    expect(Object.keys(vm?.kvp.host ?? {}).filter((key) => /data|aes|checksum/.test(key))).toEqual([]);
    expect(vm?.notes).toContain(`"deployment_id":"${job.job_id}"`);
    expect(vm?.notes).toContain('"completed"');
    expect(vm?.notes).not.toContain("canary");
    const { jobs } = services.jobs.list({ limit: 10, offset: 0 });
    const shown = JSON.stringify(jobs.map((each) => [each, services.jobs.log(each.job_id, 0)]));
    expect(shown).not.toContain("Linux-canary-1");
  });

  it("makes the VM a role of its host's cluster once the guest has reported, as its last step", async () => {
    const job = await ended(deploy({ vm_name: "clustered-01", cluster_preference: "required" }));
    expect(job).toMatchObject({ state: "succeeded", error: null, outputs: { cluster: "cluster01" } });
    expect(job.steps.map(({ name, state }) => [name, state]).at(-1)).toEqual(["cluster", "succeeded"]);
    const vm = await simulator.vm("clustered-01");
    expect(vm).toMatchObject({ clustered: true, guest: { applied: { guest_host_name: "clustered-01" } } });
    expect(vm?.notes).toContain('"completed"');
    const calls = await simulator.calls([job.job_id]);
    expect(calls.at(-1)).toMatchObject({ agent: "vm", operation: "cluster_add" });
  });

  it("fails where the cluster does not take a VM that is required to be clustered, and says what exists", async () => {
    await clusterRefuses();
    const job = await ended(deploy({ vm_name: "cluster-required", cluster_preference: "required" }));
    expect(job).toMatchObject({
      state: "failed",
      error: {
        code: "cluster_storage_not_shared",
        step: "cluster",
        exists: [{ kind: "vm" }, { kind: "disk" }, { kind: "nic" }],
      },
    });
    const vm = await simulator.vm("cluster-required");
    expect(vm).toMatchObject({ clustered: false, state: "running" });
    expect(vm?.notes).not.toContain('"completed"');
  });

  it("succeeds where it does not take one that is preferred to be, says so, and shrinks the marker", async () => {
    await clusterRefuses();
    const job = await ended(deploy({ vm_name: "cluster-preferred", cluster_preference: "preferred" }));
    expect(job).toMatchObject({ state: "succeeded", error: null });
    const lines = services.jobs.log(job.job_id, 0).lines.map(({ text }) => text);
    expect(lines.some((text) => text.includes("The VM stays unclustered"))).toBe(true);
    const vm = await simulator.vm("cluster-preferred");
    expect(vm).toMatchObject({ clustered: false, state: "running" });
    expect(vm?.notes).toContain('"completed"');
  });

  it("has four steps where a preferred cluster is not to be had on the host, and says so", async () => {
    const request = { vm_name: "cluster-none", target_host: "hv03", cluster_preference: "preferred" };
    const job = await ended(deploy(request));
    expect(job).toMatchObject({ state: "succeeded", error: null });
    expect(job.steps).toHaveLength(4);
    const lines = services.jobs.log(job.job_id, 0).lines.map(({ text }) => text);
    expect(lines).toContain(
      "The VM stays unclustered: hv03 is in no cluster: the VM cannot be clustered there.",
    );
    expect((await simulator.vm("cluster-none"))?.notes).toContain('"completed"');
  });

  it("refuses a name that any host has, before anything is sent", async () => {
    const taken = thrownBy(() => deploy({ vm_name: "GitLab" }));
    expect(taken).toMatchObject({ code: "vm_name_taken", fields: [{ pointer: "/vm_name" }] });
    expect(taken.message).toContain("hv02");
  });

  it("stops at a step that fails, and says what exists", async () => {
    await simulator.fault({
      host: "hv02",
      kind: "agent_error",
      agent: "nic",
      operation: "create",
      code: "hyperv_error",
      message: "The switch is gone.",
    });
    const job = await ended(deploy({ vm_name: "half-made", target_host: "hv02" }));
    const vm = await simulator.vm("half-made");
    expect(job).toMatchObject({
      state: "failed",
      error: {
        code: "hyperv_error",
        step: "nic",
        exists: [
          { kind: "vm", id: vm?.vm_id, name: "half-made", host: "hv02" },
          { kind: "disk", path: vm?.disks[0] },
        ],
      },
    });
    expect(job.error?.message).toContain("The switch is gone.");
    expect(vm).toMatchObject({ state: "off", adapters: [] });
  });

  it("names the guest's own error, and leaves no secret in KVP", async () => {
    await simulator.fault({
      host: "hv02",
      kind: "guest_fails",
      vm_name: "guest-fails",
      error: "error join:domain",
    });
    const job = await ended(deploy({ vm_name: "guest-fails", target_host: "hv02" }));
    expect(job.error).toMatchObject({
      code: "guest_provisioning_failed",
      step: "initialization",
      detail: "error join:domain",
      exists: [{ kind: "vm" }, { kind: "disk" }, { kind: "nic" }],
    });
    const items = Object.keys((await simulator.vm("guest-fails"))?.kvp.host ?? {});
    expect(items.filter((key) => /data|aes|checksum/.test(key))).toEqual([]);
  });

  it("fails at once on a host that is down, with nothing made, and works when it is back", async () => {
    await simulator.power("hv03", false);
    const request = { vm_name: "host-down", target_host: "hv03" };
    const job = await ended(deploy(request));
    expect(job).toMatchObject({
      state: "failed",
      error: { code: "host_unreachable", step: "vm", exists: [] },
    });
    await services.inventory.refresh("hv03");
    expect(services.inventory.host("hv03").state).toBe("unreachable");
    expect(services.inventory.vms().some(({ vm_name, stale }) => vm_name === "backup01" && stale)).toBe(true);
    await simulator.power("hv03", true);
    await services.inventory.refresh("hv03");
    expect((await ended(deploy(request))).state).toBe("succeeded");
  });

  it.each([
    ["vm", "before"],
    ["vm", "after"],
    ["nic", "before"],
    ["nic", "after"],
  ] as const)("sends no %s/create twice when the agent dies %s doing it", async (agent, when) => {
    await simulator.fault({ host: "hv02", kind: "agent_crash", agent, operation: "create", when });
    const name = `${agent}-crash-${when}`;
    const job = await ended(deploy({ vm_name: name, target_host: "hv02" }));
    expect(job).toMatchObject({ state: "failed", error: { code: "agent_failed", step: agent } });
    const vm = await simulator.vm(name);
    const exists = [
      ...(vm === undefined ? [] : ["vm"]),
      ...(vm?.disks ?? []).map(() => "disk"),
      ...(vm?.adapters ?? []).map(() => "nic"),
    ];
    expect(job.error?.exists.map(({ kind }) => kind)).toEqual(exists);
    const creates = await simulator.calls([job.job_id]);
    expect(creates.filter((call) => call.agent === agent)).toHaveLength(1);
  });

  it("sends nothing twice when contact is lost in the middle: it reads how it ended, and goes on", async () => {
    await quiet("hv02");
    await simulator.fault({ host: "hv02", kind: "reset", action: "Receive" });
    const job = await ended(deploy({ vm_name: "contact-lost", target_host: "hv02" }));
    const calls = await simulator.calls([job.job_id]);
    const vm = await simulator.vm("contact-lost");
    expect(calls.filter(({ agent }) => agent === "vm")).toHaveLength(1);
    const lines = services.jobs.log(job.job_id, 0).lines.map(({ text }) => text);
    expect(lines.some((text) => text.includes("How it ended is unknown"))).toBe(true);
    expect(job).toMatchObject({ state: "succeeded", outputs: { vm_id: vm?.vm_id } });
  });

  it("runs twenty deployments at once through one host with one worker, all to their end and in order", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${String(index + 1).padStart(2, "0")}`);
    const jobs = await Promise.all(
      names.map((vm_name) => ended(deploy({ vm_name, target_host: "hv03", gb_ram: 1 }))),
    );
    expect(jobs.map(({ state, error }) => [state, error])).toEqual(names.map(() => ["succeeded", null]));
    const calls = await simulator.calls(jobs.map(({ job_id }) => job_id));
    const started = calls.filter(({ agent }) => agent === "vm").map(({ spec }) => spec.vm_name);
    expect(started).toEqual(names);
    const mutations = calls.filter(({ operation, agent }) => operation !== "status" && agent !== "disk");
    for (const [index, call] of mutations.entries()) {
      const before = mutations[index - 1];
      if (before !== undefined) expect(call.started >= String(before.ended)).toBe(true);
    }
    for (const agent of ["vm", "disk", "nic"]) {
      expect(calls.filter((call) => call.agent === agent)).toHaveLength(20);
    }
    const vms = await Promise.all(names.map((name) => simulator.vm(name)));
    expect(vms.map((vm) => vm?.state)).toEqual(names.map(() => "running"));
  }, 300_000);

  it("leaves no shell open on any host that is not kept for the next call", async () => {
    for (const { name } of simulator.hosts) await quiet(name);
  });
});
