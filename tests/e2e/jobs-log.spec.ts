import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import type { JobLogPage, LogLine } from "@/lib/domain/job";
import { test } from "./support/job-fixtures";

// The whole log's box fits into the window.
test.use({ viewport: { width: 1280, height: 1200 } });

const log = (page: Page) => page.getByRole("region", { name: "Log" });

/** A log as the server would give it: `count` lines of `text`, and then as many more as are pushed. */
async function serveLog(page: Page, lines: readonly LogLine[], state: JobLogPage["state"]): Promise<void> {
  await page.route("**/api/v1/jobs/*/log?*", async (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get("after"));
    const body: JobLogPage = {
      job_id: "served",
      state,
      lines: lines.filter(({ n }) => n > after),
      last: lines.length,
      truncated: false,
    };
    await route.fulfill({ json: body });
  });
}

function line(n: number, text: string): LogLine {
  return {
    n,
    time: new Date(Date.UTC(2026, 0, 2, 3, 4, n % 60)).toISOString(),
    level: "info",
    step: "vm",
    text,
  };
}

test("the log is searched with a count, by keyboard, and every match is marked", async ({
  page,
  deploy,
  endOf,
}) => {
  const jobId = await deploy("search-01");
  await endOf(jobId);
  const texts = ["copied one", "nothing", "Copied two", "COPIED three"];
  await serveLog(
    page,
    texts.map((text, index) => line(index + 1, text)),
    "succeeded",
  );
  await page.goto(`/jobs/${jobId}`);
  const field = page.getByRole("searchbox", { name: "Search the log" });
  await field.fill("copied");
  const search = page.getByRole("search", { name: "Log" });
  await expect(search).toContainText("3 lines");
  await expect(log(page).locator("mark")).toHaveText(["copied", "Copied", "COPIED"]);
  await field.press("Enter");
  await expect(search).toContainText("1 of 3 lines");
  await field.press("Enter");
  await expect(search).toContainText("2 of 3 lines");
  await field.press("Shift+Enter");
  await field.press("Shift+Enter");
  await expect(search).toContainText("3 of 3 lines");
  await search.getByRole("button", { name: "Next match" }).click();
  await expect(search).toContainText("1 of 3 lines");
  await field.fill("nowhere");
  await expect(search).toContainText("no line");
});

test("the log follows, pauses and resumes", async ({ page, deployHanging }) => {
  const jobId = await deployHanging("pause-01");
  const lines = Array.from({ length: 100 }, (_, index) => line(index + 1, `line ${index + 1}`));
  await page.clock.install();
  await serveLog(page, lines, "running");
  await page.goto(`/jobs/${jobId}`);
  const box = log(page);
  const last = (n: number) => box.locator(`[data-line="${n}"]`);
  await expect(last(100)).toBeInViewport();
  lines.push(line(101, "line 101"));
  await page.clock.runFor(6_000);
  await expect(last(101)).toBeInViewport();

  await page.getByRole("button", { name: "Pause" }).click();
  const top = await box.evaluate((element) => element.scrollTop);
  lines.push(line(102, "line 102"), line(103, "line 103"), line(104, "line 104"));
  await page.clock.runFor(6_000);
  await expect(page.getByRole("button", { name: "Resume 3 new" })).toBeVisible();
  expect(await box.evaluate((element) => element.scrollTop)).toBe(top);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(last(104)).toBeInViewport();

  await box.focus();
  await page.keyboard.press("Home");
  await expect(last(1)).toBeInViewport();
  await expect(page.getByText("104 lines · paused")).toBeVisible();
  await page.getByRole("button", { name: "Newest line" }).click();
  await expect(page.getByText("104 lines · following")).toBeVisible();
});

test("the log is copied and saved as text with its times in UTC, and wraps or not", async ({
  page,
  context,
  deploy,
  endOf,
}) => {
  const jobId = await deploy("text-01");
  await endOf(jobId);
  await serveLog(page, [line(1, "first"), line(2, `long ${"word ".repeat(200)}`)], "succeeded");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/jobs/${jobId}`);
  await expect(log(page).locator("[data-line]")).toHaveCount(2);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`Job ${jobId}\nNew VM: text-01\nState: succeeded\n`);
  expect(copied).toContain("2026-01-02T03:04:01.000Z  info      vm              first\n");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`text-01-${jobId}.txt`);
  expect(readFileSync(await download.path(), "utf8").replaceAll("\r\n", "\n")).toBe(
    copied.replaceAll("\r\n", "\n"),
  );

  const wide = () => log(page).evaluate((box) => box.scrollWidth > box.clientWidth);
  expect(await wide()).toBe(false);
  await page.getByRole("button", { name: "Wrap" }).click();
  await expect(page.getByRole("button", { name: "Wrap" })).toHaveAttribute("aria-pressed", "false");
  expect(await wide()).toBe(true);
});

test("a log of 10,000 lines is whole, is searched, and lays out only what is near", async ({
  page,
  deploy,
  endOf,
}) => {
  const jobId = await deploy("long-01");
  await endOf(jobId);
  const lines = Array.from({ length: 10_000 }, (_, index) =>
    line(index + 1, `line ${index + 1} of a long log`),
  );
  await serveLog(page, lines, "succeeded");
  await page.goto(`/jobs/${jobId}`);
  const rows = log(page).locator("[data-line]");
  await expect(rows).toHaveCount(10_000);
  await expect(log(page).locator('[data-line="10000"]')).toBeInViewport();
  const laidOut = await rows.evaluateAll(
    (all) => all.filter((row) => row.checkVisibility({ contentVisibilityAuto: true })).length,
  );
  expect(laidOut).toBeLessThan(2_000);
  const field = page.getByRole("searchbox", { name: "Search the log" });
  await field.fill("line 4321 ");
  await expect(page.getByRole("search", { name: "Log" })).toContainText("1 line");
  await field.press("Enter");
  await expect(log(page).locator('[data-line="4321"]')).toBeInViewport();
});
