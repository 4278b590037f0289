import { spawnSync } from "node:child_process";
import { expect, type Page } from "@playwright/test";
import type { JobView } from "@/lib/domain/job";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";

const PASSWORD = "correct-horse";

async function textOf(page: Page, form: string): Promise<string> {
  await page.getByRole("tab", { name: form }).click();
  return (await page.getByRole("region", { name: `The request as ${form}` }).textContent()) ?? "";
}

function runShell(text: string) {
  const { status, stdout, error } = spawnSync("bash", ["-c", text], { encoding: "utf8" });
  if (error) throw error;
  return { status, answer: JSON.parse(stdout) };
}

test("the review shows what differs from the defaults, and goes back without loss", async ({
  page,
  newVm,
}) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "review-01", Memory: "6", "Local administrator": "admin" });
  await newVm.fill({ "Administrator password": PASSWORD });
  await newVm.submit();
  await expect(page.getByRole("heading", { name: "Review review-01" })).toBeFocused();
  const rows = page.getByRole("region", { name: "What differs from the defaults" }).getByRole("row");
  await expect(rows.filter({ hasText: "Memory" })).toContainText("6 GB4 GB");
  await expect(rows.filter({ hasText: "Administrator password" })).toContainText("typed, not shown");
  await expect(rows.filter({ hasText: "Virtual processors" })).toHaveCount(0);
  await page.getByText("fields are as by default").click();
  await expect(page.getByText("Virtual processors: 2")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveValue(PASSWORD);
  await newVm.submit();
  await page.getByRole("button", { name: "Back to the form" }).click();
  await expect(page.getByRole("button", { name: "Review" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("review-01");
});

test("the curl text runs: refused with its placeholder, and an identical job once that is filled in", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "script-01", "Local administrator": "admin" });
  await newVm.fill({ "Administrator password": PASSWORD });
  await newVm.submit();
  const json = await textOf(page, "JSON");
  const powershell = await textOf(page, "PowerShell");
  const curl = await textOf(page, "curl");
  for (const text of [json, curl, powershell]) {
    expect(text).toContain('"<guest_la_pw>"');
    expect(text).not.toContain(PASSWORD);
  }
  const refused = runShell(curl);
  expect(refused.status).not.toBe(0);
  expect(refused.answer).toMatchObject({ status: 422, errors: [{ pointer: "/guest_la_pw" }] });

  const byForm = await newVm.createReviewed();
  const again = curl.replace("<guest_la_pw>", PASSWORD).replace('"script-01"', '"script-02"');
  const accepted = runShell(again);
  expect(accepted).toMatchObject({ status: 0, answer: { job_id: expect.any(String) } });
  const [one, other] = [await endOf(byForm), await endOf(accepted.answer.job_id)];
  expect([one.state, other.state]).toEqual(["succeeded", "succeeded"]);
  expect(other.request).toEqual({ ...one.request, vm_name: "script-02" });
  const vm = await stack.simulator.vm("script-02");
  expect(vm?.guest?.applied).toMatchObject({ guest_la_pw: PASSWORD });
});

test("the texts can be copied", async ({ page, newVm, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "copied-01" });
  await newVm.submit();
  const shown = await textOf(page, "PowerShell");
  await page.getByRole("button", { name: "Copy PowerShell" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
});

test("double clicks make one job", async ({ page, newVm, stack }) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "double-01" });
  await page.getByRole("button", { name: "Review" }).dblclick();
  const create = page.getByRole("button", { name: "Create VM" });
  await expect(create).toBeVisible();
  expect((await stack.api<{ jobs: JobView[] }>("/jobs?vm=double-01")).body.jobs).toEqual([]);
  await create.dblclick();
  await page.waitForURL(/\/jobs\//);
  const { body } = await stack.api<{ jobs: JobView[] }>("/jobs?kind=managed_deployment");
  expect(body.jobs.filter(({ vm_name }) => vm_name === "double-01")).toHaveLength(1);
});
