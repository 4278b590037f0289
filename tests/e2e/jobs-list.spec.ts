import { expect, type Page } from "@playwright/test";
import { test } from "./support/job-fixtures";

// A server of its own: the list is compared as a whole, and no other test's jobs may be in it.
test.use({ stackOptions: { config: { jobs: { settle_seconds: 0.1, retained: 100 } } } });

const rows = (page: Page) => page.getByRole("table", { name: "Jobs" }).getByRole("rowheader");
const question = (page: Page) => new URL(page.url()).searchParams;

test("the list answers by state, kind, host, VM, who asked and time, and each answer is its address", async ({
  page,
  deploy,
  deployFailing,
  endOf,
}) => {
  await endOf(await deploy("list-web-01"));
  await endOf(await deploy("list-db-01", { target_host: "hv03" }));
  await deployFailing("list-web-02");

  await page.goto("/jobs");
  await expect(rows(page)).toHaveText(["list-web-02", "list-db-01", "list-web-01"]);

  await page.getByLabel("State").selectOption({ label: "failed" });
  await expect(rows(page)).toHaveText(["list-web-02"]);
  expect(question(page).get("state")).toBe("failed");
  await page.reload();
  await expect(page.getByLabel("State")).toHaveValue("failed");
  await expect(rows(page)).toHaveText(["list-web-02"]);
  await page.goBack();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByLabel("State")).toHaveValue("");

  await page.getByLabel("Host", { exact: true }).selectOption("hv03");
  await expect(rows(page)).toHaveText(["list-db-01"]);
  await page.getByLabel("Host", { exact: true }).selectOption("");
  await page.getByLabel("VM", { exact: true }).fill("WEB");
  await expect(rows(page)).toHaveText(["list-web-02", "list-web-01"]);
  await expect.poll(() => question(page).get("vm")).toBe("WEB");
  await page.getByLabel("Asked by").fill("nobody");
  await expect(page.getByText("No job matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all jobs" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByLabel("VM", { exact: true })).toHaveValue("");

  await page.getByLabel("Kind").selectOption({ label: "Create disk" });
  await expect(page.getByText("No job matches")).toBeVisible();
  // Not `check`: the box follows the address, which comes a moment after the click.
  await page.getByLabel("Show the steps of deployments").click();
  await expect(page.getByLabel("Show the steps of deployments")).toBeChecked();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Clear filters" }).click();

  await page.goto("/jobs?created=between&from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z");
  await expect(page.getByText("No job matches")).toBeVisible();
  await page.getByLabel("Created").selectOption({ label: "last hour" });
  await expect(rows(page)).toHaveCount(3);
  expect(question(page).get("from")).toBeNull();
});

test("a column's head sorts by it, and turns the order round", async ({ page, deploy, endOf }) => {
  await endOf(await deploy("sort-b"));
  await endOf(await deploy("sort-a", { target_host: "hv03" }));
  await page.goto("/jobs?vm=sort-");
  const head = page.getByRole("columnheader", { name: "VM" });
  await expect(head).toHaveAttribute("aria-sort", "none");
  await head.getByRole("button").click();
  await expect(rows(page)).toHaveText(["sort-a", "sort-b"]);
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("button").click();
  await expect(rows(page)).toHaveText(["sort-b", "sort-a"]);
  await expect(head).toHaveAttribute("aria-sort", "descending");
  expect(question(page).get("sort")).toBe("-vm");
});

test("many jobs come page by page", async ({ page, stack, deploy, endOf }) => {
  await stack.simulator.power("hv03", false);
  try {
    const ids = await Promise.all(
      Array.from({ length: 52 }, (_, index) => deploy(`page-${index}`, { target_host: "hv03" })),
    );
    await Promise.all(ids.map(endOf));
  } finally {
    await stack.simulator.power("hv03", true);
  }
  await page.goto("/jobs?vm=page-&sort=created");
  await expect(rows(page)).toHaveCount(50);
  await expect(page.getByText("1–50 of 52")).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(rows(page)).toHaveCount(2);
  expect(question(page).get("page")).toBe("2");
  await expect(page.getByRole("button", { name: "Next page" })).toBeDisabled();
  await page.getByLabel("State").selectOption({ label: "failed" });
  await expect(rows(page)).toHaveCount(50);
  expect(question(page).get("page")).toBeNull();
  await page.goto("/jobs?vm=page-&page=9");
  await expect(page.getByText("There are fewer jobs than that")).toBeVisible();
});
