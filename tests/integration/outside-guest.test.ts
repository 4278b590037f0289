import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

const GUEST = fileURLToPath(new URL("../guests/linux_guest.py", import.meta.url));
const KEY = `ssh-rsa ${"AAAAB3NzaC1yc2E".repeat(60)} operator@workstation`;

/** What the operator typed, with what a wire or a shell likes to spoil. */
const TYPED = {
  guest_la_uid: "operator",
  guest_la_pw: "p$w%&(;)|<>*?#!~ {x} `id` $(id) grüße 漢字 🔑",
  ansible_ssh_user: "ansible",
  ansible_ssh_key: KEY,
};

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ simulator: { flags: ["--kvp-pools", "--external-guests"] } });
});
afterAll(() => stack.stop());

it("a guest that knows only the pool files and openssl gets exactly what was typed", async () => {
  const submitted = await stack.api<{ job_id: string }>("/managed-deployments", {
    body: {
      vm_name: "outside-01",
      os_family: "linux",
      target_host: "hv02",
      image_name: "Debian 12",
      size_gb: 20,
      network: "Servers",
      ...TYPED,
    },
  });
  expect(submitted.status).toBe(202);
  await eventually(
    async () => (await stack.simulator.vm("outside-01"))?.state === "running",
    "the VM to be powered on",
  );
  const vm = await stack.simulator.vm("outside-01");
  const output = join(stack.simulator.directory, "values.json");
  const pools = join(stack.simulator.directory, "kvp", vm?.vm_id ?? "");
  await promisify(execFile)("/usr/bin/python3", [GUEST, pools, output, "--poll", "0.02"]);

  expect(JSON.parse(readFileSync(output, "utf8"))).toEqual({ guest_host_name: "outside-01", ...TYPED });
  expect(await stack.endOf(submitted.body.job_id)).toMatchObject({ state: "succeeded", error: null });
});
