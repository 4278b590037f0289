import { expect } from "@playwright/test";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";

test("a VM that nobody made with AetherV is duplicated from what Hyper-V says of it", async ({
  page,
  newVm,
}) => {
  await page.goto("/vms");
  await page.getByRole("link", { name: "Duplicate sql01" }).click();
  await expect(page.getByRole("heading", { name: "Filled in from VM sql01" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeChecked();
  await expect(page.getByRole("spinbutton", { name: "Virtual processors" })).toHaveValue("8");
  await expect(page.getByRole("spinbutton", { name: "Memory" })).toHaveValue("32");
  await expect(page.getByRole("spinbutton", { name: "Size" })).toHaveValue("100");
  await expect(page.getByRole("combobox", { name: "Storage class" })).toHaveValue("gold");
  await expect(page.getByRole("combobox", { name: "Network" })).toHaveValue("Production");
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("");
  await newVm.fill({ Name: "sql-copy", "Operating system": "Windows", Image: "Windows Server 2025" });
  await newVm.create();
});

test("a VM that AetherV made is duplicated with its whole request, but for what only one may have", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  await newVm.open();
  await newVm.fill({
    ...{ ...LINUX_VM, Name: "origin-01", Network: "Production", "IP address": "Static" },
    ...{ "IPv4 address": "10.20.10.91", "Local administrator": "admin", "Administrator password": "horse-9" },
  });
  const job = await endOf(await newVm.create());
  expect(job.state).toBe("succeeded");
  await page.goto(`/vms/new?from=${encodeURIComponent(`vm:${job.vm_id}`)}`);
  await expect(page.getByRole("combobox", { name: "Image" })).toHaveValue("Ubuntu 24.04");
  await expect(page.getByRole("radio", { name: "Static" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Gateway" })).toHaveValue("10.20.10.1");
  await expect(page.getByRole("textbox", { name: "IPv4 address" })).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveValue("");
  await newVm.fill({ Name: "origin-02", "IPv4 address": "10.20.10.92", "Administrator password": "horse-9" });
  const copy = await endOf(await newVm.create());
  expect(copy.request).toEqual({
    ...job.request,
    vm_name: "origin-02",
    ip_address: "10.20.10.92",
    storage_class: "gold",
  });
  expect(await stack.simulator.vm("origin-02")).toBeDefined();
});

test("a failed job is edited and tried again with all that was typed but the secrets", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  const fault = { host: "hv02", kind: "agent_error", agent: "vm", operation: "create", code: "hyperv_error" };
  await stack.simulator.fault({ ...fault, message: "Not today.", times: 1 });
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Host: "hv02", Image: "Debian 12", Network: "Servers", Name: "again-01" });
  await newVm.fill({ "Local administrator": "admin", "Administrator password": "horse-9" });
  const job = await endOf(await newVm.create());
  expect(job.state).toBe("failed");
  await page.getByRole("link", { name: "Edit and retry" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("again-01");
  await expect(page.getByRole("radio", { name: "hv02", exact: true })).toBeChecked();
  await newVm.submit();
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await newVm.fill({ "Administrator password": "horse-9" });
  expect((await endOf(await newVm.create())).state).toBe("succeeded");
});

test("what is not there any more leaves an empty form and says so", async ({ page }) => {
  await page.goto("/vms/new?from=vm%3A00000000-0000-0000-0000-000000000000");
  await expect(
    page.getByRole("heading", { name: "The form could not be filled in from there: it is empty" }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Review" })).toBeVisible();
});
