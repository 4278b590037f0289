import { spawnSync } from "node:child_process";
import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/fixtures";

/** Runs a text as it stands, and gives what curl answered. */
function runShell(text: string) {
  const { status, stdout, error } = spawnSync("bash", ["-c", text], { encoding: "utf8" });
  if (error) throw error;
  return { status, answer: JSON.parse(stdout) };
}

test("a dialog's curl text does what the dialog would: to what one sees, and to nothing else", async ({
  page,
  stack,
  endOf,
}) => {
  const body = { vm_name: "texts-01", target_host: "hv01", os_family: "linux", cpu_cores: 1, gb_ram: 1 };
  const made = await stack.api<{ job_id: string }>("/vms", { body });
  const vmId = String((await endOf(made.body.job_id)).outputs.vm_id);
  await page.goto(`/vms/${vmId}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete texts-01?" });
  await dialog.getByText("The same request for a script").click();
  await expect(dialog).toContainText(`DELETE /api/v1/vms/${vmId}?delete_files=false&turn_off=false`);
  await expect(dialog.getByRole("tabpanel")).toContainText("This request has no body");
  await dialog.getByRole("tab", { name: "PowerShell" }).click();
  await expect(dialog.getByRole("region", { name: "The request as PowerShell" })).toContainText(
    "Invoke-RestMethod -Method Delete",
  );
  await dialog.getByRole("tab", { name: "curl" }).click();
  await expectAccessible(page, "a request for a script");
  const curl = (await dialog.getByRole("region", { name: "The request as curl" }).textContent()) ?? "";

  const changed = await stack.api<{ job_id: string }>(`/vms/${vmId}`, {
    method: "PATCH",
    body: { cpu_cores: 2 },
  });
  await endOf(changed.body.job_id);
  const refused = runShell(curl);
  expect(refused.status).not.toBe(0);
  expect(refused.answer).toMatchObject({ status: 412, code: "vm_changed" });
  const asked = runShell(curl.replace(/'If-Match: .*'/, "'If-Match: *'"));
  expect(asked).toMatchObject({ status: 0, answer: { job_id: expect.any(String) } });
  expect((await endOf(asked.answer.job_id)).state).toBe("succeeded");
  expect(await stack.simulator.vm("texts-01")).toBeUndefined();
});
