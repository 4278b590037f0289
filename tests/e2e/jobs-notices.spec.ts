import { expect } from "@playwright/test";
import type { VmView } from "@/lib/domain/inventory";
import { test } from "./support/job-fixtures";

test("a followed job that fails while one looks elsewhere says so, until it is dismissed", async ({
  page,
  stack,
  deployHanging,
}) => {
  const jobId = await deployHanging("notice-bad");
  await page.goto(`/jobs/${jobId}`);
  await expect(page.getByRole("button", { name: "Notify me" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("link", { name: "Hosts", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hosts");
  await stack.api(`/jobs/${jobId}/cancel`, { body: {} });

  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("New VM: notice-bad");
  await expect(notices).toContainText("canceled");
  await expect(page).toHaveTitle(/^\(1\) Hosts/);
  expect(await notices.locator("[aria-live=polite]").count()).toBe(1);

  await page.reload();
  await expect(notices).toContainText("New VM: notice-bad");
  await page.getByRole("link", { name: "VMs", exact: true }).click();
  await expect(page).toHaveTitle(/^\(1\) VMs/);
  await notices.getByRole("button", { name: "Dismiss: New VM: notice-bad" }).click();
  await expect(notices).not.toContainText("notice-bad");
  await expect(page).toHaveTitle(/^VMs/);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Virtual machines");
  await expect(notices).not.toContainText("notice-bad");
});

test("good news goes by itself, bad news stays; on the job's own page there is none", async ({
  page,
  deploy,
  deployFailing,
  endOf,
}) => {
  const good = await deploy("notice-good");
  await endOf(good);
  const bad = await deployFailing("notice-failed");
  const own = await deploy("notice-own");
  await endOf(own);
  await page.clock.install();
  await page.goto(`/jobs/${own}`);
  await page.evaluate(
    (ids) =>
      sessionStorage.setItem(
        "aetherv.followed-jobs",
        JSON.stringify({ followed: ids.map((job_id) => ({ job_id, title: null })), notices: [] }),
      ),
    [good, bad, own],
  );
  await page.reload();
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices.getByRole("listitem")).toHaveCount(2);
  await expect(notices).not.toContainText("notice-own");
  await expect(notices).toContainText("The virtual switch is being reconfigured.");
  await page.clock.runFor(15_000);
  await expect(notices.getByRole("listitem")).toHaveCount(1);
  await page.clock.runFor(3_600_000);
  await expect(notices).toContainText("notice-failed");
  await notices.getByRole("link", { name: "New VM: notice-failed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New VM: notice-failed");
  await expect(notices.getByRole("listitem")).toHaveCount(0);
});

test("recent jobs are at hand on every page, those that run first", async ({
  page,
  deploy,
  deployHanging,
  endOf,
}) => {
  await deployHanging("recent-running");
  await endOf(await deploy("recent-ended", { target_host: "hv03" }));
  for (const path of ["/", "/vms", "/vms/new", "/jobs", "/hosts"]) {
    await page.goto(path);
    const recent = page.getByRole("region", { name: "Recent jobs" }).and(page.locator("#recent-jobs"));
    await expect(recent.getByRole("listitem").first()).toContainText("recent-running");
    await expect(recent.getByRole("listitem").nth(1)).toContainText("recent-ended");
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const recent = page.locator("#recent-jobs");
  await expect(recent).toBeHidden();
  const button = page.getByRole("button", { name: /Recent jobs/ });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(recent).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(recent).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await recent.getByRole("link", { name: /recent-running/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New VM: recent-running");
  await expect(recent).toBeHidden();
});

test("the palette finds a job that is no longer among the recent ones", async ({ page, stack, endOf }) => {
  const { vms } = (await stack.api<{ vms: VmView[] }>("/vms")).body;
  const startAgain = async (name: string) => {
    const vm = vms.find(({ vm_name }) => vm_name === name);
    const { body } = await stack.api<{ job_id: string }>(`/vms/${vm?.vm_id}/power`, {
      body: { action: "start" },
    });
    return endOf(body.job_id);
  };
  const old = await startAgain("web01");
  for (let count = 0; count < 10; count += 1) await startAgain("gitlab");
  await page.goto("/jobs");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Search pages/ }).fill("start web01");
  await page.getByRole("option", { name: /^Start: web01.*succeeded/ }).click();
  await expect(page).toHaveURL(`/jobs/${old.job_id}`);
});
