import { expect, type Page } from "@playwright/test";
import type { JsonObject } from "@/lib/domain/json";
import { eventually } from "../support/eventually";
import type { Stack } from "../support/stack";
import { expectAccessible, expectNoViolations } from "./support/accessibility";
import { test } from "./support/job-fixtures";

/** Slow enough that a copy has a middle. The hosts are its own: other tests would be cut off, too. */
test.use({
  stackOptions: {
    simulator: { timeFactor: 0.1 },
    config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 10 } },
  },
});

const DEBIAN = {
  ...{ target_host: "hv03", image_name: "Debian 12", cpu_cores: 2, gb_ram: 1, size_gb: 20 },
  ...{ guest_la_uid: "operator", guest_la_pw: "horse-1-battery" },
};

const deployment = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const entry = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Unfinished/ });

/** The server dies, and the host goes down with it, while half of the VM's image is copied. */
async function crashWhileCopying(stack: Stack, vmName: string): Promise<string> {
  await eventually(
    async () => (await stack.simulator.disks("hv03", vmName)).length > 0,
    `the copy for ${vmName} to begin`,
  );
  await stack.crashApp(() => stack.simulator.reboot("hv03"));
  const [half] = await stack.simulator.disks("hv03", vmName);
  expect(half).toMatchObject({ virtual_bytes: 0 });
  return half?.path ?? "";
}

test("a deployment whose server was killed is found, and continued with new secrets until its guest runs", async ({
  page,
  newVm,
  stack,
  deploy,
  endOf,
}) => {
  await deploy("killed-01", DEBIAN);
  const half = await crashWhileCopying(stack, "killed-01");

  await page.goto(stack.url);
  const attention = page.getByRole("listitem").filter({ hasText: "1 deployment is unfinished" });
  await expect(attention).toContainText("The deployment of killed-01 on hv03 stopped in step 2 of 4.");
  await entry(page).click();
  const left = deployment(page, "killed-01");
  await expect(left.getByRole("list", { name: "What exists" }).getByRole("listitem")).toHaveText([
    "VM killed-01",
    `Perhaps the half of a disk, which is never used: ${half}`,
  ]);
  await expect(left.getByRole("list", { name: "What is missing" }).getByRole("listitem")).toHaveText([
    "Its disk",
    "Its network adapter",
    "Starting and configuring its guest",
  ]);
  await expect(left).toContainText("came to step 2 of 4, creating its disk");
  await expect(left).toContainText("local operator");
  await expectAccessible(page, "the list of unfinished deployments");

  await left.getByRole("link", { name: "Continue killed-01" }).click();
  await expect(page.getByRole("heading", { name: "Continue killed-01", level: 1 })).toBeVisible();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveValue("killed-01");
  await expect(name).not.toBeEditable();
  await expect(page.getByRole("radio", { name: "hv03", exact: true })).toBeDisabled();
  await expect(page.getByRole("spinbutton", { name: "Memory" })).not.toBeEditable();
  await expect(page.getByRole("spinbutton", { name: "Size" })).toBeEditable();
  await expect(page.getByRole("combobox", { name: "Image" })).toHaveValue("Debian 12");
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveValue("");
  await expectAccessible(page, "the form of a deployment that goes on");

  await newVm.fill({ Size: "25", "Administrator password": "horse-2-staple" });
  await newVm.submit();
  await expect(page.getByRole("heading", { name: "Review killed-01" })).toBeVisible();
  const json = page.getByRole("tabpanel").first();
  await expect(json).toContainText("<guest_la_pw>");
  await expect(page.locator("body")).not.toContainText("horse-2-staple");
  await page.getByRole("tab", { name: "curl" }).click();
  await expect(page.getByRole("tabpanel").first()).toContainText("/continuation'");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(/\/jobs\/[^/]+$/);
  const job = await endOf(decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? ""));
  expect(job).toMatchObject({
    state: "succeeded",
    steps: [{ name: "disk" }, { name: "nic" }, { name: "initialization" }],
  });
  expect(await stack.simulator.vm("killed-01")).toMatchObject({
    state: "running",
    guest: { applied: { guest_la_pw: "horse-2-staple" } },
  });
  expect(await stack.simulator.disks("hv03", "killed-01")).toMatchObject([{ virtual_bytes: 25 * 2 ** 30 }]);

  await page.goto(`${stack.url}/unfinished`);
  await expect(page.getByText("No deployment is unfinished")).toBeVisible();
  await expect(entry(page)).toBeHidden();
  await expectNoViolations(page, "no unfinished deployment");
});

test("a deployment whose server was killed is removed without a trace, once its VM's name is typed", async ({
  page,
  stack,
  deploy,
}) => {
  await deploy("killed-02", DEBIAN);
  const half = await crashWhileCopying(stack, "killed-02");

  await page.goto(`${stack.url}/unfinished`);
  await deployment(page, "killed-02").getByRole("button", { name: "Remove killed-02" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove killed-02?" });
  await expect(dialog.getByRole("list", { name: "What goes" }).getByRole("listitem")).toHaveText([
    "The VM killed-02 on hv03It is off.",
    `${half}The half of a copied disk, where the copy had begun.`,
  ]);
  await expectNoViolations(page, "removing a deployment", '[role="dialog"]');
  await dialog.getByText("The same request for a script").click();
  await expect(dialog).toContainText("DELETE /api/v1/managed-deployments/unfinished/");
  await dialog.getByRole("textbox", { name: "Type killed-02 to confirm" }).fill("killed");
  await dialog.getByRole("button", { name: "Remove killed-02" }).click();
  await expect(dialog.getByText("Type the name as it is: killed-02")).toBeVisible();
  expect(await stack.simulator.vm("killed-02")).toBeDefined();
  await dialog.getByRole("textbox", { name: "Type killed-02 to confirm" }).fill("killed-02");
  await dialog.getByRole("button", { name: "Remove killed-02" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("No deployment is unfinished")).toBeVisible();
  await eventually(
    async () =>
      (await stack.simulator.vm("killed-02")) === undefined &&
      (await stack.simulator.disks("hv03", "killed-02")).length === 0,
    "the VM and the half of its disk to be gone",
  );
});

test("an unfinished deployment is told on its VM's page; while its host is silent, nothing is offered", async ({
  page,
  stack,
  deployFailing,
}) => {
  const id = await deployFailing("left-01");
  const { vm_id } = (await stack.simulator.vm("left-01")) ?? {};
  await page.goto(`${stack.url}/vms/${vm_id}`);
  await expect(page.getByRole("heading", { name: "Its deployment is unfinished" })).toBeVisible();
  await page.getByRole("link", { name: "see what exists, and remove it" }).click();
  const left = deployment(page, "left-01");
  await expect(left.getByRole("link", { name: "Continue left-01" })).toBeVisible();

  await stack.simulator.power("hv02", false);
  try {
    await stack.api("/inventory/refresh", { body: { host: "hv02" } });
    const reason = "hv02 could not be read: nothing can be done here until it answers.";
    await expect(left.getByText(reason)).toBeVisible();
    const remove = left.getByRole("button", { name: "Remove left-01" });
    await expect(remove).toHaveAccessibleDescription(reason);
    await expect(left.getByRole("button", { name: "Continue left-01" })).toBeDisabled();
    await remove.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expectAccessible(page, "an unfinished deployment on a silent host");
  } finally {
    await stack.simulator.power("hv02", true);
    await stack.api("/inventory/refresh", { body: { host: "hv02" } });
  }
  await expect(left.getByRole("link", { name: "Continue left-01" })).toBeVisible();
  expect((await stack.api(`/managed-deployments/unfinished/${id}`, { method: "DELETE" })).status).toBe(202);
  await expect(left).toBeHidden();
});

test("the second of two who continue is told of the first, and a deployment that is none is said to be", async ({
  page,
  stack,
  newVm,
  deployFailing,
  endOf,
}) => {
  const id = await deployFailing("left-02");
  await page.goto(`${stack.url}/unfinished/${id}`);
  await newVm.submit();
  await expect(page.getByRole("heading", { name: "Review left-02" })).toBeVisible();
  await stack.simulator.fault({
    host: "hv02",
    kind: "agent_hangs",
    agent: "nic",
    operation: "create",
    times: 1,
  });
  const { deployments } = (
    await stack.api<{ deployments: { deployment_id: string; request: JsonObject }[] }>(
      "/managed-deployments/unfinished",
    )
  ).body;
  const request = deployments.find(({ deployment_id }) => deployment_id === id)?.request;
  const first = await stack.api(`/managed-deployments/unfinished/${id}/continuation`, { body: request });
  expect(first.status).toBe(202);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(
    page.getByText(`Job ${first.body.job_id} of local operator is at work on VM left-02.`),
  ).toBeVisible();

  await page.goto(`${stack.url}/unfinished/${id}`);
  await expect(page.getByText("No VM tells of this deployment, or a job is at work on it")).toBeVisible();
  await stack.api(`/jobs/${first.body.job_id}/cancel`, { body: {} });
  await endOf(String(first.body.job_id));
});

test("a list that cannot be read says so, and is asked for again", async ({ page, stack }) => {
  await page.route("**/api/v1/managed-deployments/unfinished", (route) => route.abort());
  await page.goto(`${stack.url}/unfinished`);
  await expect(
    page.getByRole("heading", { name: "The unfinished deployments could not be loaded" }),
  ).toBeVisible();
  await expectNoViolations(page, "unfinished deployments that cannot be read");
  await page.unroute("**/api/v1/managed-deployments/unfinished");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(
    page.getByRole("heading", { name: "The unfinished deployments could not be loaded" }),
  ).toBeHidden();
});
