import { expect, type Page } from "@playwright/test";
import type { JobLogPage } from "@/lib/domain/job";
import { test } from "./support/job-fixtures";

// A server of its own: the first test is about one that has no jobs.
test.use({ stackOptions: { config: { jobs: { settle_seconds: 0.1, retained: 101 } } } });

/** Lets the page live for so many minutes, five seconds at a time, with the network's answers in between. */
async function live(page: Page, minutes: number): Promise<void> {
  for (let left = minutes * 60; left > 0; left -= 5) {
    await page.clock.runFor(5_000);
    await page.evaluate(() => fetch("/api/v1/health/live"));
  }
}

async function setVisibility(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

test("what does not change is asked for less and less often, answered 304, and never in a hidden tab", async ({
  page,
  wire,
}) => {
  await page.clock.install();
  await page.goto(`${wire.url}/jobs`);
  await expect(page.getByText("No jobs since the server started")).toBeVisible();
  await live(page, 5);
  const before = wire.of("/jobs").length;
  await live(page, 10);
  const polls = wire.of("/jobs").slice(before);
  expect(
    polls.length,
    "requests in ten quiet minutes, of the list and of the recent jobs",
  ).toBeLessThanOrEqual(44);
  expect(polls.length).toBeGreaterThan(10);
  expect(polls.every(({ status, bytes }) => status === 304 && bytes === 0)).toBe(true);

  await setVisibility(page, "hidden");
  await live(page, 1);
  const hidden = wire.of("/").length;
  await live(page, 10);
  const health = wire.of("/health").length;
  expect(
    wire
      .of("/")
      .slice(hidden)
      .filter(({ path }) => !path.includes("/health/")),
  ).toEqual([]);
  expect(health).toBeGreaterThan(0);

  const atReturn = wire.of("/jobs").length;
  await setVisibility(page, "visible");
  await expect.poll(() => wire.of("/jobs").length).toBeGreaterThan(atReturn);
});

/** Chromium by itself repeats what was reset on a connection that it had kept: only a longer cut shows. */
const CUTS = { break: 3, reset: 12, keep: 2 };

for (const way of ["break", "reset", "keep"] as const) {
  test(`a connection that is cut (${way}) loses no line of the log and doubles none`, async ({
    page,
    stack,
    wire,
    deployHanging,
  }) => {
    const jobId = await deployHanging(`cut-${way}`);
    let cuts = 0;
    wire.treat = (path) => {
      if (!path.includes("/log") || cuts >= CUTS[way]) return "pass";
      cuts += 1;
      return way;
    };
    await page.clock.install();
    await page.goto(`${wire.url}/jobs/${jobId}`);
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return page.getByText("connection lost, trying again").isVisible();
      })
      .toBe(true);
    await page.clock.runFor(20_000);
    const log = page.getByRole("region", { name: "Log" });
    await expect
      .poll(async () => {
        await page.clock.runFor(5_000);
        return log.locator("[data-line]").count();
      })
      .toBeGreaterThan(0);
    await stack.api(`/jobs/${jobId}/cancel`, { body: {} });
    await expect
      .poll(async () => {
        await page.clock.runFor(5_000);
        return page.getByRole("status").textContent();
      })
      .toContain("canceled");
    expect(cuts).toBe(CUTS[way]);
    await expectWholeLog(page, stack.api.bind(stack), jobId);
  });
}

test("a network that is gone in the middle of a job comes back without a line lost or doubled", async ({
  page,
  context,
  stack,
  deployHanging,
}) => {
  const jobId = await deployHanging("offline-01");
  await page.goto(`/jobs/${jobId}`);
  const lines = page.getByRole("region", { name: "Log" }).locator("[data-line]");
  await expect(lines.first()).toBeAttached();
  await context.setOffline(true);
  await expect(page.getByText("connection lost, trying again")).toBeVisible();
  await stack.api(`/jobs/${jobId}/cancel`, { body: {} });
  await expect
    .poll(async () => (await stack.api<{ state: string }>(`/jobs/${jobId}`)).body.state)
    .toBe("canceled");
  await expect(page.getByRole("status")).toContainText("running");
  await context.setOffline(false);
  await expect(page.getByRole("status")).toContainText("canceled");
  await expectWholeLog(page, stack.api.bind(stack), jobId);
});

type Api = <T>(path: string) => Promise<{ body: T }>;

async function expectWholeLog(page: Page, api: Api, jobId: string): Promise<void> {
  const { body } = await api<JobLogPage>(`/jobs/${jobId}/log`);
  const shown = page.getByRole("region", { name: "Log" }).locator("[data-line]");
  await expect
    .poll(() => shown.evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-line")))))
    .toEqual(body.lines.map(({ n }) => n));
}
