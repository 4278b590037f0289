import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/fixtures";

test.use({ stackOptions: { config: { hosts: [] } } });

test("each page says how to begin", async ({ page }) => {
  for (const path of ["/", "/hosts", "/clusters"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "No hosts are configured" })).toBeVisible();
    await expect(page.getByText('"password_file"')).toBeVisible();
  }
  await expectAccessible(page, "no hosts");
  await page.goto("/vms");
  await expect(page.getByRole("main").getByText("No hosts are configured.")).toBeVisible();
});
