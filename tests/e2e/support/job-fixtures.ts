import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { eventually } from "../../support/eventually";
import { RecordingProxy } from "../../support/recording-proxy";
import { test as base } from "./fixtures";

interface JobFixtures {
  /** Starts a deployment over the API, and gives the job's id. */
  deploy: (vmName: string, fields?: JsonObject) => Promise<string>;
  /** Starts one that fails at its adapter, and gives its id once it has. */
  deployFailing: (vmName: string, fields?: JsonObject) => Promise<string>;
  /** Starts one that stays at its adapter until it is canceled. */
  deployHanging: (vmName: string) => Promise<string>;
  /** Waits until the job is in the state. */
  inState: (jobId: string, state: JobView["state"]) => Promise<JobView>;
  /** Between the browser and the application: pages are opened at its address. */
  wire: RecordingProxy;
}

const LINUX = {
  os_family: "linux",
  target_host: "hv01",
  image_name: "Ubuntu 24.04",
  size_gb: 30,
  network: "Servers",
};

export const test = base.extend<JobFixtures>({
  // What was canceled is settled by the next read of its host.
  stackOptions: [{ config: { jobs: { settle_seconds: 0.1 } } }, { scope: "worker" }],
  deploy: async ({ stack }, use) =>
    use(async (vmName, fields = {}) => {
      const body = { ...LINUX, vm_name: vmName, ...fields };
      const answer = await stack.api<{ job_id: string }>("/managed-deployments", { body });
      if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
      return answer.body.job_id;
    }),
  deployFailing: async ({ stack, deploy, endOf }, use) =>
    use(async (vmName, fields = {}) => {
      await stack.simulator.fault({
        host: "hv02",
        kind: "agent_error",
        agent: "nic",
        operation: "create",
        code: "hyperv_error",
        message: "The virtual switch is being reconfigured.",
        times: 1,
      });
      const jobId = await deploy(vmName, { target_host: "hv02", ...fields });
      await endOf(jobId);
      return jobId;
    }),
  deployHanging: async ({ stack, deploy }, use) => {
    const started: string[] = [];
    await use(async (vmName) => {
      await stack.simulator.fault({
        host: "hv01",
        kind: "agent_hangs",
        agent: "nic",
        operation: "create",
        times: 1,
      });
      const jobId = await deploy(vmName);
      started.push(jobId);
      await eventually(
        async () => (await stack.api<JobView>(`/jobs/${jobId}`)).body.steps[2]?.state === "running",
        "the adapter's step to run",
      );
      return jobId;
    });
    // The next test finds the host idle.
    for (const jobId of started) {
      await stack.api(`/jobs/${jobId}/cancel`, { body: {} });
      const over = async () => (await stack.api<JobView>(`/jobs/${jobId}`)).body.ended_at !== null;
      await eventually(over, `job ${jobId} to end`);
    }
  },
  inState: async ({ stack }, use) =>
    use(async (jobId, state) => {
      let job: JobView | null = null;
      await eventually(async () => {
        job = (await stack.api<JobView>(`/jobs/${jobId}`)).body;
        return job.state === state;
      }, `job ${jobId} to be ${state}`);
      return job as unknown as JobView;
    }),
  wire: async ({ stack }, use) => {
    const proxy = await RecordingProxy.start(stack.app.port);
    await use(proxy);
    await proxy.stop();
  },
});
