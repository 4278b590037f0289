import { expect, type Page } from "@playwright/test";
import type { HostView } from "@/lib/domain/inventory";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/fixtures";

const heading = (page: Page) => page.getByRole("main").getByRole("heading", { level: 1 });
const rowsOf = (page: Page, table: string) => page.getByRole("table", { name: table }).getByRole("row");

test.use({
  stackOptions: {
    simulator: { flags: ["--seed", "fleet", "--hosts", "20", "--vms", "1000"] },
    config: { inventory: { period_seconds: 10 } },
  },
});

test("two hosts that go are what one sees first, and are seen to come back", async ({ page, stack }) => {
  const { hosts } = (await stack.api<{ hosts: HostView[] }>("/hosts")).body;
  const alone = hosts.find(({ record }) => record?.cluster === null)?.name ?? "";
  const node = hosts.find(({ record }) => record?.cluster !== null);
  const [one, cluster] = [node?.name ?? "", node?.record?.cluster ?? ""];
  await page.goto("/");
  await expect(page.getByRole("main")).toContainText("1,000");
  await stack.simulator.power(alone, false);
  await stack.simulator.power(one, false);

  const gone = page.getByRole("listitem").filter({ hasText: "2 hosts could not be read" });
  await expect(gone).toBeVisible();
  const named = gone.getByRole("link").filter({ hasNotText: "Test the connection" });
  await expect(named).toHaveText([alone, one].sort());
  await expect(page.getByRole("link", { name: "18 online" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("67 last known");
  // Twenty hosts are a few rows, not twenty.
  expect(await rowsOf(page, "Capacity").count()).toBeLessThan(12);
  await expectAccessible(page, "overview with troubles");

  await gone.getByRole("link", { name: alone, exact: true }).click();
  await expect(heading(page)).toHaveText(alone);
  await expect(page.getByRole("main")).toContainText(`${alone} does not answer at`);
  await expect(page.getByText("host_unreachable")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("what was known last");
  await expectAccessible(page, "an unreachable host");

  await page.goto("/hosts?state=unreachable");
  await expect(page.getByRole("table", { name: "Hosts" }).getByRole("rowheader")).toHaveText([one, alone]);
  await expectAccessible(page, "unreachable hosts");
  await page.goto(`/clusters/${cluster}`);
  await expect(
    page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: `${one} does not answer` })
      .first(),
  ).toBeVisible();

  await page.goto("/");
  await expect(gone).toBeVisible();
  await stack.simulator.power(alone, true);
  await stack.simulator.power(one, true);
  await expect(page.getByRole("link", { name: "20 online" })).toBeVisible();
  await expect(gone).toHaveCount(0);
});
