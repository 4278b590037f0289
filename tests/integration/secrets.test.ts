import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { findSecrets, type Seen } from "@/tests/support/secret-scanner";
import { Stack } from "@/tests/support/stack";

/** One for every field that a schema flags as secret, and one for each way a deployment can end. */
const CANARIES = { guest_la_pw: "Canary#la%7Qx9-5d1f", join_password: "Canary#join%3Zk8-a2e6" };

const REQUEST = {
  os_family: "windows",
  target_host: "hv01",
  gb_ram: 1,
  image_name: "Windows Server 2025",
  size_gb: 40,
  network: "Servers",
  guest_la_uid: "operator",
  domain: "corp.example.com",
  domain_ou: "OU=Servers,DC=corp,DC=example,DC=com",
  join_account: "joiner",
  ...CANARIES,
};

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({
    simulator: { flags: ["--kvp-pools"] },
    config: { log: { level: "debug" }, initialization: { key_wait_seconds: 6 } },
  });
});
afterAll(() => stack.stop());

async function deploy(vmName: string, more: object = {}): Promise<JobView> {
  const body = { ...REQUEST, vm_name: vmName, ...more };
  const submitted = await stack.api<{ job_id: string }>("/managed-deployments", { body });
  expect(submitted.status).toBe(202);
  return stack.endOf(submitted.body.job_id);
}

/** Every place where a secret could come to light. */
async function everything(): Promise<Seen[]> {
  const seen: Seen[] = [{ where: "the application's log", text: stack.app.output }];
  const { jobs } = (await stack.api<{ jobs: JobView[] }>("/jobs?limit=200")).body;
  const paths = ["/jobs?limit=200", "/vms", "/hosts", "/inventory"];
  for (const { job_id } of jobs) paths.push(`/jobs/${job_id}`, `/jobs/${job_id}/log?after=0`);
  for (const path of paths) {
    seen.push({ where: `GET ${path}`, text: JSON.stringify((await stack.api(path)).body) });
  }
  for (const page of [
    "/",
    "/vms",
    "/vms/new",
    "/jobs",
    "/hosts",
    ...jobs.map(({ job_id }) => `/jobs/${job_id}`),
  ]) {
    seen.push({ where: `the page ${page}`, text: await (await fetch(stack.url + page)).text() });
    const payload = await fetch(stack.url + page, { headers: { rsc: "1" } });
    seen.push({ where: `the RSC payload of ${page}`, text: await payload.text() });
  }
  for (const host of ["hv01", "hv02", "hv03"]) {
    seen.push({ where: `command lines on ${host}`, text: JSON.stringify(await stack.simulator.wire(host)) });
  }
  for (const folder of [stack.simulator.directory, stack.app.folder]) {
    for (const file of filesIn(folder))
      seen.push({ where: `the file ${file}`, text: readFileSync(file, "latin1") });
  }
  return seen;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

describe("secrets", () => {
  it("come to light nowhere, however a deployment ends", async () => {
    expect((await deploy("secret-ok")).state).toBe("succeeded");

    const failures: { kind: string; vm_name: string; error?: string }[] = [
      { kind: "guest_fails", vm_name: "secret-failed", error: "error apply:domain" },
      { kind: "guest_silent", vm_name: "secret-silent" },
    ];
    for (const fault of failures) {
      await stack.simulator.fault({ host: "hv01", times: 1, ...fault } as JsonObject);
      expect((await deploy(fault.vm_name)).state).toBe("failed");
      await stack.simulator.clearFaults();
    }
    const onCall = { host: "hv01", agent: "initialization", operation: "publish", times: 1 };
    for (const kind of ["agent_crash", "agent_garbage", "agent_error"]) {
      await stack.simulator.fault({
        ...onCall,
        kind,
        ...(kind === "agent_error" ? { code: "kvp_write_failed" } : {}),
      });
      await deploy(`secret-${kind.replace("agent_", "")}`);
      await stack.simulator.clearFaults();
    }
    const refused = [
      { vm_name: "bad name" },
      { vm_name: "secret-ok" },
      { vm_name: "secret-x", guest_la_pw: `${CANARIES.guest_la_pw}\u0000` },
      { vm_name: "secret-x", guest_la_password: CANARIES.guest_la_pw },
    ];
    const answers: Seen[] = [];
    for (const more of refused) {
      const answer = await stack.api("/managed-deployments", { body: { ...REQUEST, ...more } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      answers.push({ where: "the answer to a bad request", text: JSON.stringify(answer.body) });
    }
    expect(findSecrets(CANARIES, [...answers, ...(await everything())])).toEqual([]);
  });

  it("would be found: one that is planted in a field that is not secret is", async () => {
    const submitted = await stack.api<{ job_id: string }>("/managed-deployments", {
      body: { ...REQUEST, vm_name: "planted", domain_ou: `OU=${CANARIES.join_password},DC=example,DC=com` },
    });
    expect(submitted.status).toBe(202);
    const found = findSecrets(CANARIES, await everything());
    expect(found).toContainEqual(expect.stringMatching(/join_password .* in GET \/jobs/));
  });

  it("stay out of what is shown of a guest that repeats them", async () => {
    const { guest_la_pw } = CANARIES;
    await stack.simulator.fault({ host: "hv01", kind: "guest_fails", error: `net user: ${guest_la_pw}?` });
    const job = await deploy("secret-echoed");
    expect(job.error?.message).toContain("net user: [secret]?");
    // The guest's own side of KVP holds what the guest wrote.
    const shown = (await everything()).filter(({ where }) => !where.includes(stack.simulator.directory));
    expect(findSecrets({ guest_la_pw }, shown)).toEqual([]);
  });
});
