import { expect } from "@playwright/test";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";

// The deployments here are still under way when the next one asks for their name.
test.use({ stackOptions: { simulator: { timeFactor: 0.05 } } });

test("a name is checked on leaving it, over all hosts", async ({ page, newVm }) => {
  await newVm.open();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("SQL01");
  await page.keyboard.press("Tab");
  await expect(name).toHaveAccessibleDescription(/A VM named sql01 exists on hv01/, { timeout: 500 });
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await name.fill("sql09");
  await expect(name).not.toHaveAttribute("aria-invalid");
  await page.keyboard.press("Tab");
  await expect(page.getByText("No host has a VM of this name.")).toBeVisible();
});

test("a name that an unfinished job is about to give is taken", async ({ page, newVm, stack, endOf }) => {
  const { body } = await stack.api<{ job_id: string }>("/managed-deployments", {
    body: {
      vm_name: "coming-01",
      os_family: "linux",
      target_host: "hv02",
      image_name: "Debian 12",
      network: "Servers",
    },
  });
  const { body: taken } = await stack.api("/vms/name-check?name=Coming-01");
  expect(taken).toMatchObject({ name: "Coming-01", available: false });
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "coming-01" });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await endOf(body.job_id);
});

test("the check's own API refuses what is no question", async ({ stack }) => {
  expect((await stack.api("/vms/name-check?name=free-1")).body).toEqual({
    name: "free-1",
    available: true,
    message: null,
  });
  expect((await stack.api("/vms/name-check")).status).toBe(422);
  expect((await stack.api("/vms/name-check?name=")).status).toBe(422);
});
