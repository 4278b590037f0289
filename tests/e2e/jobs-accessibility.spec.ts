import { expect, type Page } from "@playwright/test";
import type { JobLogPage, JobView } from "@/lib/domain/job";
import { expectNoSidewaysScroll, expectNoViolations } from "./support/accessibility";
import { test } from "./support/job-fixtures";

/** What every list answers when there is nothing. */
const EMPTY = { hosts: [], vms: [], jobs: [], deployments: [], total: 0, unfinished: 0 };
const LONG = `a-name-${"that-goes-on-".repeat(6)}and-on`;

/** Answers reads below an address of the API with something else. */
async function answer(page: Page, path: string, change: (body: JobView) => object): Promise<void> {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ json: change((await response.json()) as JobView) });
  });
}

test("pages without anything to show", async ({ page }) => {
  for (const path of ["/", "/jobs", "/hosts", "/vms"]) {
    await page.route("**/api/v1/**", (route) => route.fulfill({ json: EMPTY }));
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectNoViolations(page, `${path}, empty`);
  }
});

test("pages that still load", async ({ page }) => {
  await page.route("**/api/v1/**", () => new Promise<void>(() => {}));
  for (const path of ["/", "/jobs", "/hosts", "/vms", "/jobs/any", "/vms/any"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("status").first()).toBeAttached();
    await expectNoViolations(page, `${path}, loading`);
  }
});

test("pages that cannot be loaded", async ({ page }) => {
  await page.route("**/api/v1/**", (route) => route.abort());
  for (const path of ["/", "/jobs", "/hosts", "/vms", "/jobs/any", "/vms/any"]) {
    await page.goto(path);
    await expect(page.getByRole("alert").first()).toContainText("could not be loaded");
    await expectNoViolations(page, `${path}, failing`);
  }
});

test("lists of hosts and VMs with long names", async ({ page }) => {
  const lengthen = (text: string) =>
    text.replaceAll(/"(name|vm_name|computer_name|cluster)":"[^"]*"/g, `"$1":"${LONG}"`);
  await page.route("**/api/v1/inventory*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ body: lengthen(await response.text()), contentType: "application/json" });
  });
  for (const path of ["/", "/hosts", "/vms"]) {
    await page.goto(path);
    await expect(page.getByText(LONG).first()).toBeVisible();
    await expectNoViolations(page, `${path}, long names`);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectNoSidewaysScroll(page, `${path}, long names, 320 px`);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

test("jobs in every state, refused ones, long names and long logs", async ({
  page,
  deploy,
  deployFailing,
  deployHanging,
  endOf,
}) => {
  test.setTimeout(300_000);
  const ended = await deploy("axe-ended", { target_host: "hv03" });
  await endOf(ended);
  const failed = await deployFailing("axe-failed", { guest_la_uid: "op", guest_la_pw: "secret-Pa55" });
  const running = await deployHanging("axe-running");
  const visit = async (path: string, state: string) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectNoViolations(page, state);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScroll(page, `${state}, ${width} px`);
      if (width === 320) await expectNoViolations(page, `${state}, 320 px`);
    }
  };
  for (const path of ["/", "/jobs", "/hosts"]) await visit(path, path);
  await visit(`/jobs/${ended}`, "succeeded");
  await visit(`/jobs/${failed}`, "failed");
  await visit(`/jobs/${running}`, "running");
  await visit("/jobs/never", "not found");
  await visit("/jobs/00000000-0000000000000000", "gone");

  await answer(page, `**/api/v1/jobs/${running}`, (job) => ({ ...job, state: "unknown" }));
  await visit(`/jobs/${running}`, "unknown");
  await answer(page, `**/api/v1/jobs/${failed}`, (job) => ({
    ...job,
    state: "canceled",
    vm_name: LONG,
    host: LONG,
    actor: LONG,
    error: { ...job.error, detail: `${LONG}\n`.repeat(60) },
  }));
  await answer(page, `**/api/v1/jobs/${failed}/log?*`, () => longLog(failed));
  await visit(`/jobs/${failed}`, "canceled, with long names, log and words");
  await page.getByText("The host's own words").click();
  await page.getByRole("searchbox", { name: "Search the log" }).fill("line 1");
  await expect(page.locator("mark").first()).toBeAttached();
  await expectNoViolations(page, "searched, unfolded");
});

function longLog(jobId: string): JobLogPage {
  const time = "2026-01-02T03:04:05.000Z";
  const levels = ["verbose", "info", "progress", "warning", "error"] as const;
  const lines = Array.from({ length: 400 }, (_, index) => ({
    ...{ n: index + 1, time, step: index % 2 ? "disk" : null, text: `line ${index + 1} ${LONG}` },
    level: levels[index % levels.length] ?? "info",
  }));
  return { job_id: jobId, state: "canceled", lines, last: lines.length, truncated: true };
}

test("400 % zoom of a 1280 px window shows everything without scrolling sideways", async ({
  page,
  deployFailing,
}) => {
  const failed = await deployFailing("zoom-01");
  await page.setViewportSize({ width: 320, height: 256 });
  for (const path of ["/", "/jobs", "/hosts", `/jobs/${failed}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expectNoSidewaysScroll(page, path);
  }
});

test("by keyboard alone: find a job, read its log, search it, cancel it", async ({ page, deployHanging }) => {
  await deployHanging("keys-01");
  await page.goto("/jobs");
  await expect(page.getByRole("table", { name: "Jobs" })).toBeVisible();
  await tabTo(page, () => page.getByLabel("VM", { exact: true }));
  await page.keyboard.type("keys-");
  await expect.poll(() => new URL(page.url()).searchParams.get("vm")).toBe("keys-");
  await tabTo(page, () => page.getByRole("main").getByRole("link", { name: /^New VM.*keys-01$/ }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New VM: keys-01");
  await tabTo(page, () => page.getByRole("searchbox", { name: "Search the log" }));
  await page.keyboard.type("step");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("search", { name: "Log" })).toContainText("1 of");
  await tabTo(page, () => page.getByRole("region", { name: "Log", exact: true }));
  await page.keyboard.press("Home");
  await tabTo(page, () => page.getByRole("button", { name: "Cancel job" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  await tabTo(page, () => dialog.getByRole("button", { name: "Cancel the job" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("canceled");
});

/** Presses Tab (or the key given) until the control has the focus. */
async function tabTo(page: Page, control: () => ReturnType<Page["getByRole"]>, key = "Tab"): Promise<void> {
  await expect(control()).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error("Tab never reached the control.");
}
