import { expect } from "@playwright/test";
import { test } from "./support/job-fixtures";

test("a failed deployment says what happened, where, what exists and what next, and leads to another attempt", async ({
  page,
  deployFailing,
}) => {
  const jobId = await deployFailing("half-01", {
    guest_la_uid: "operator",
    guest_la_pw: "canary-of-a-guest",
  });
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("status")).toContainText("failed");
  await expect(page.getByRole("heading", { name: /The virtual switch is being reconfigured/ })).toBeVisible();
  const value = (term: string) =>
    page.getByRole("term").filter({ hasText: term }).locator("xpath=following-sibling::dd[1]");
  await expect(value("Where")).toHaveText("Step Network adapter, on hv02");
  await expect(value("What exists")).toContainText("half-01.vhdx");
  await expect(value("What next")).toContainText("another name, or this VM deleted on hv02 first");
  await expect(value("Code")).toHaveText("hyperv_error");
  await expect(page.getByRole("link", { name: "Edit and retry" })).toHaveAttribute(
    "href",
    `/vms/new?from=${encodeURIComponent(`job:${jobId}`)}`,
  );
  const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
  await expect(steps).toHaveText([
    /VM.*succeeded/,
    /Disk.*succeeded/,
    /Network adapter.*failed/,
    /not started/,
  ]);

  await expect(value("Operating system")).toHaveText("Linux");
  await expect(value("Administrator password")).toHaveText("secret, not kept");
  await page.getByRole("button", { name: "Field names" }).click();
  await expect(value("guest_la_pw")).toHaveText("secret, not kept");
  await expect(value("os_family")).toHaveText("linux");
  expect(await page.content()).not.toContain("canary-of-a-guest");

  await page.getByRole("main").getByRole("link", { name: "Network adapter" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create network adapter: half-01");
  await page.getByRole("link", { name: "the deployment" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New VM: half-01");
});

test("the host's own words stand behind a fold", async ({ page, stack, deploy, endOf }) => {
  await stack.simulator.fault({
    host: "hv02",
    kind: "agent_crash",
    agent: "vm",
    operation: "create",
    times: 1,
  });
  const jobId = await deploy("crash-01", { target_host: "hv02" });
  const job = await endOf(jobId);
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("status")).toContainText("failed");
  const words = page.getByText("The host's own words");
  if (job.error?.detail) {
    await expect(page.locator("details pre")).toBeHidden();
    await words.click();
    await expect(page.locator("details pre")).toBeVisible();
  } else {
    await expect(words).toHaveCount(0);
  }
});

test("what a job made leads to the VM", async ({ page, deploy, endOf }) => {
  const jobId = await deploy("made-01");
  const job = await endOf(jobId);
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("link", { name: "Edit and retry" })).toHaveCount(0);
  await page.getByRole("link", { name: String(job.outputs.vm_id) }).click();
  await expect(page).toHaveURL(new RegExp(`/vms/${job.outputs.vm_id}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("made-01");
});

test("canceling says what it means, is announced, and ends in canceled", async ({
  page,
  deployHanging,
  inState,
}) => {
  const jobId = await deployHanging("cancel-01");
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("status")).toContainText("running");
  const button = page.getByRole("button", { name: "Cancel job" });
  await button.click();
  const dialog = page.getByRole("alertdialog", { name: "Cancel this job?" });
  await expect(dialog).toContainText("What exists stays on hv01: VM, Disk.");
  await expect(dialog).toContainText("The step under way (Network adapter) is stopped.");
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await button.click();
  await dialog.getByRole("button", { name: "Cancel the job" }).click();
  await expect(page.getByRole("button", { name: "Cancel job" })).toHaveCount(0);
  await inState(jobId, "canceled");
  await expect(page.getByRole("status")).toContainText("canceled");
  await expect(page.getByRole("link", { name: "Edit and retry" })).toBeVisible();
});

test("a screen reader hears each state of a job once, and no line of its log", async ({
  page,
  deployHanging,
  stack,
}) => {
  const jobId = await deployHanging("heard-01");
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("status")).toContainText("running");
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const live = document.querySelector('[role="status"]');
    if (live === null) throw new Error("There is no status.");
    new MutationObserver(() => heard.push(live.textContent ?? "")).observe(live, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  await stack.api(`/jobs/${jobId}/cancel`, { body: {} });
  await expect(page.getByRole("status")).toContainText("canceled");
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard.filter((text, index) => heard.indexOf(text) !== index)).toEqual([]);
  const log = page.getByRole("region", { name: "Log" });
  expect(
    await log.evaluate((element) => element.closest("[aria-live], [role=log], [role=status]")),
  ).toBeNull();
});

test("a job of an earlier run of the server is explained, and its VM is a link away", async ({
  page,
  stack,
  deploy,
  endOf,
}) => {
  const jobId = await deploy("survivor-01");
  await endOf(jobId);
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("status")).toContainText("succeeded");
  await stack.restartApp();
  await page.goto(`${stack.url}/jobs/${jobId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "This job belongs to an earlier run of the server",
  );
  await page.getByRole("link", { name: "Look at VM survivor-01" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("survivor-01");

  await page.goto(`${stack.url}/jobs/never`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such job");
});
