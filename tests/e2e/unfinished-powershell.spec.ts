import { expect } from "@playwright/test";
import { test } from "./support/job-fixtures";

/** The agents themselves run, under a PowerShell engine, in place of what stands in for them. */
test.use({
  stackOptions: { simulator: { engine: "powershell" }, config: { jobs: { settle_seconds: 0.1 } } },
});

test("the agents go on with what a deployment has left, and take away what another has", async ({
  page,
  newVm,
  stack,
  deployFailing,
  endOf,
}) => {
  await deployFailing("left-11", { guest_la_uid: "operator", guest_la_pw: "horse-1-battery" });
  await deployFailing("left-12");
  await page.goto("/unfinished");
  await page.getByRole("link", { name: "Continue left-11" }).click();
  await newVm.fill({ "Administrator password": "horse-2-staple" });
  await newVm.submit();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(/\/jobs\/[^/]+$/);
  const job = await endOf(decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? ""));
  expect(job).toMatchObject({ state: "succeeded", steps: [{ name: "nic" }, { name: "initialization" }] });
  expect(await stack.simulator.vm("left-11")).toMatchObject({
    state: "running",
    guest: { applied: { guest_la_pw: "horse-2-staple" } },
  });

  await page.goto("/unfinished");
  await page.getByRole("button", { name: "Remove left-12" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove left-12?" });
  await expect(dialog.getByRole("list", { name: "What goes" })).toContainText("left-12.vhdx");
  await dialog.getByRole("textbox", { name: "Type left-12 to confirm" }).fill("left-12");
  await dialog.getByRole("button", { name: "Remove left-12" }).click();
  await expect(page.getByText("No deployment is unfinished")).toBeVisible();
  await expect.poll(() => stack.simulator.vm("left-12")).toBeUndefined();
  expect(await stack.simulator.disks("hv02", "left-12")).toEqual([]);
});
