import { expect } from "@playwright/test";
import { expectAccessible, expectNoViolations } from "./support/accessibility";
import { test } from "./support/fixtures";
import {
  changedByAnother,
  conflict,
  editOffVm,
  editRunningVm,
  openEdit,
  openVm,
  roleRemovedAndAdded,
  save,
} from "./support/vm-changes";

/** With options that no other test has the hosts are its own: VMs are changed here. */
test.use({
  stackOptions: { config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 41 } } },
});

test("a VM that is off is changed: what was changed is sent, and the host has it", ({ page, stack }) =>
  editOffVm({ page, stack }, "test-debian"));

test("a VM that runs says first what it cannot take, and takes what it can", ({ page, stack }) =>
  editRunningVm({ page, stack }, "web01"));

test("who is too late sees what the VM has now, and keeps the input or takes the new values", ({
  page,
  stack,
}) => conflict({ page, stack }, "build-old"));

test("what the server refuses stands at its field, and the input stays", async ({ page, stack }) => {
  await openVm({ page, stack }, "build-old");
  const dialog = await openEdit(page);
  await dialog.getByLabel("Name").fill("gitlab");
  await dialog.getByLabel("Virtual processors").fill("9999");
  await dialog.getByLabel("Memory").focus();
  await expect(dialog.getByLabel("Virtual processors")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Virtual processors").fill("4");
  await save(page, dialog);
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/gitlab/);
  await expect(dialog.getByLabel("Name")).toHaveValue("gitlab");
  await dialog.getByText("The same request for a script").click();
  await dialog.getByRole("tab", { name: "curl" }).click();
  await expect(dialog.getByRole("tabpanel")).toContainText("--request PATCH");
  await expect(dialog.getByRole("tabpanel")).toContainText("If-Match:");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeFocused();
});

test("what needs the VM off leads to Power", async ({ page, stack }) => {
  await openVm({ page, stack }, "gitlab");
  const dialog = await openEdit(page);
  await dialog.getByRole("button", { name: "Go to Power" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Power", exact: true })).toBeFocused();
});

test("a VM loses its role in the cluster and gets it back", ({ page, stack }) =>
  roleRemovedAndAdded({ page, stack }, "gitlab"));

test("a VM that cannot be clustered says why", async ({ page, stack }) => {
  await openVm({ page, stack }, "backup01");
  const add = page.getByRole("button", { name: "Add to the cluster …" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription("hv03 is in no cluster.");
});

test("the form and the role by axe in both themes, and on a phone", async ({ page, stack }) => {
  const vmId = await openVm({ page, stack }, "sql01");
  const dialog = await openEdit(page);
  await expectAccessible(page, "a running VM's form");
  await dialog.getByLabel("Memory").fill("40");
  await changedByAnother(stack, vmId, { gb_ram: 33 });
  await save(page, dialog);
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expectAccessible(page, "a conflict");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Remove from the cluster …" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectNoViolations(page, "asked before the role goes");
});
