import { expect } from "@playwright/test";
import type { JobLogPage } from "@/lib/domain/job";
import { test } from "./support/fixtures";

test.use({ stackOptions: { simulator: { timeFactor: 0.05 } } });

test("the log grows step by step; only new lines cross the wire, and polling stops at the end", async ({
  page,
  newVm,
  stack,
}) => {
  const asked: { after: number; numbers: number[] }[] = [];
  page.on("response", async (response) => {
    const url = new URL(response.url());
    if (!url.pathname.endsWith("/log") || response.status() !== 200) return;
    const { lines } = (await response.json()) as JobLogPage;
    asked.push({ after: Number(url.searchParams.get("after")), numbers: lines.map(({ n }) => n) });
  });
  await page.clock.install();
  await newVm.open();
  await newVm.fill({
    Name: "followed-01",
    "Operating system": "Linux",
    Host: "hv01",
    Image: "Ubuntu 24.04",
    Network: "Servers",
  });
  const jobId = await newVm.create();
  await expect(page.getByRole("status")).toContainText("running");
  await expect(page.getByText("Step 1 of 4", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("Copied", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("status")).toContainText("succeeded");

  const { body } = await stack.api<JobLogPage>(`/jobs/${jobId}/log?after=0`);
  const everyNumber = body.lines.map(({ n }) => n);
  await expect.poll(() => asked.flatMap(({ numbers }) => numbers)).toEqual(everyNumber);
  expect(asked.length, "the log came in several answers").toBeGreaterThan(2);
  for (const { after, numbers } of asked) expect(numbers.every((n) => n > after)).toBe(true);
  const shown = page
    .getByRole("list", { name: "Log" })
    .or(page.getByRole("log"))
    .or(page.getByRole("region", { name: "Log" }));
  for (const { text } of body.lines) await expect(shown.first()).toContainText(text);

  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes(`/jobs/${jobId}`)) requests.push(request.url());
  });
  await page.clock.fastForward("10:00");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  expect(requests).toEqual([]);
});
