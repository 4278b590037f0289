import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/job-fixtures";

// A server of its own: hosts are taken from the network here.
test.use({ stackOptions: { config: { jobs: { settle_seconds: 0.1, retained: 104 } } } });

const button = (page: Page) => page.getByRole("button", { name: "Test connection", exact: true });
const result = (page: Page) => page.getByRole("region", { name: "Connection test", exact: true });
/** Before those of the buttons that copy. */
const verdict = (page: Page) => result(page).getByRole("status").first();
const step = (page: Page, host: string, name: string) =>
  page
    .getByRole("list", { name: `Steps of the test of ${host}`, exact: true })
    .locator(":scope > li")
    .filter({ has: page.getByText(name, { exact: true }) });

test("the connection to a host is tested by keyboard, and passes", async ({ page }) => {
  await page.goto("/hosts/hv01");
  await button(page).focus();
  const started = page.waitForResponse((response) => response.url().endsWith("/api/v1/hosts/hv01/check"));
  await page.keyboard.press("Enter");
  expect((await started).status()).toBe(202);
  await expect(verdict(page)).toHaveText("It works, with one thing to know.");
  for (const name of ["Name", "Certificate", "Logon", "Hyper-V service", "Host resources"]) {
    await expect(step(page, "hv01", name)).toContainText("passed");
  }
  await expect(step(page, "hv01", "Beyond the host")).toContainText("warning");
  await step(page, "hv01", "Certificate").getByText("What was seen").click();
  await expect(step(page, "hv01", "Certificate")).toContainText("SHA-256 fingerprint");
  await expect(button(page)).not.toHaveAttribute("aria-disabled");
  await result(page).getByText("The same request for a script").click();
  await expect(result(page)).toContainText("POST /api/v1/hosts/hv01/check");
  await expectAccessible(page, "a test that passed");
});

test("what keeps a host from answering is found, with what to do about it", async ({ page, stack }) => {
  await stack.simulator.power("hv02", false);
  await stack.api("/inventory/refresh", { body: { host: "hv02" } });
  await page.goto("/");
  const trouble = page.getByRole("listitem").filter({ hasText: "hv02 does not answer" });
  await trouble.getByRole("link", { name: "Test the connection" }).first().click();
  await expect(page).toHaveURL("/hosts/hv02");
  await button(page).click();
  await expect(verdict(page)).toHaveText("Connection failed.");
  const failed = step(page, "hv02", "Connection");
  await expect(failed).toContainText("connection refused");
  await expect(failed).toContainText("Start-Service -Name WinRM");
  await expect(failed).toContainText("docs/host-setup.md#the-connection");
  await expect(
    failed.getByRole("button", { name: "Copy the command Start-Service -Name WinRM" }),
  ).toBeVisible();
  await expect(step(page, "hv02", "Logon")).toContainText("not reached");
  await expectAccessible(page, "a test that failed");

  // The last result stays, and is the job's.
  await page.reload();
  await expect(step(page, "hv02", "Connection")).toContainText("connection refused");
  await result(page).getByRole("link", { name: "Its job" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Test connection: hv02");
  await expect(step(page, "hv02", "Connection")).toContainText("connection refused");
  await expectAccessible(page, "the job of a test that failed");
  await stack.simulator.power("hv02", true);
});
