import { expect, type Page } from "@playwright/test";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";

/** The body of the next request that asks for the review. */
async function nextBody(page: Page, act: () => Promise<void>): Promise<Record<string, unknown>> {
  const sent = page.waitForRequest((request) => request.url().includes("validate_only"));
  await act();
  return (await sent).postDataJSON();
}

test("an error is told on leaving its field, and never where nobody has been", async ({ page, newVm }) => {
  await newVm.open();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("not a name");
  await expect(name).not.toHaveAttribute("aria-invalid");
  await page.getByRole("spinbutton", { name: "Memory" }).focus();
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAccessibleDescription(/Use letters, digits and hyphens/);
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
});

test("sections count their errors; the summary and the navigation lead there", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.submit();
  const sections = page.getByRole("navigation", { name: "Sections of the form" });
  await expect(sections.getByRole("link", { name: "Machine, 3 to correct" })).toBeVisible();
  await expect(sections.getByRole("link", { name: "Disk, 1 to correct" })).toBeVisible();
  await expect(sections.getByRole("link", { name: "Domain", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Image is required." }).click();
  await expect(page.getByRole("combobox", { name: "Image" })).toBeFocused();
  await page.getByRole("link", { name: "Host is required." }).click();
  await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeFocused();
  await sections.getByRole("link", { name: "Network, 1 to correct" }).click();
  await expect(page.getByRole("heading", { name: "Network" })).toBeFocused();
  await page.getByRole("radio", { name: "Linux" }).check();
  await newVm.submit();
  await expect(sections.getByRole("link", { name: "Machine, 2 to correct" })).toBeVisible();
});

test("a click on Review straight from a wrong field does not get lost", async ({ page, newVm }) => {
  await newVm.open();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("-");
  await newVm.submit();
  await expect(page.getByRole("heading", { name: "5 things to correct" })).toBeVisible();
});

test("a static address that is switched off leaves nothing in the request", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "residue-01", "IP address": "Static", "IPv4 address": "10.20.20.7" });
  const on = await nextBody(page, () => newVm.submit());
  expect(on).toMatchObject({ ip_behavior: "static", ip_address: "10.20.20.7", gateway: "10.20.20.1" });
  await page.getByRole("button", { name: "Back to the form" }).click();
  await newVm.fill({ "IP address": "From DHCP" });
  await expect(page.getByRole("textbox", { name: "IPv4 address" })).toHaveCount(0);
  const off = await nextBody(page, () => newVm.submit());
  expect(off.ip_behavior).toBe("dhcp");
  for (const name of ["ip_address", "prefix_length", "gateway", "dns_server", "dns_server_2", "dns_suffix"]) {
    expect(off).not.toHaveProperty(name);
  }
});

test("another operating system clears its image, and another host what it lacks", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "residue-02", "Storage class": "silver" });
  await newVm.fill({ "Operating system": "Windows" });
  await expect(page.getByText("Cleared: “Ubuntu 24.04” is for another operating system.")).toBeVisible();
  await newVm.fill({ Host: "hv03" });
  await expect(page.getByText("Cleared: hv03 has no storage class “silver”.")).toBeVisible();
  await newVm.fill({ Image: "Windows Server 2025" });
  const body = await nextBody(page, () => newVm.submit());
  expect(body).toMatchObject({
    os_family: "windows",
    image_name: "Windows Server 2025",
    target_host: "hv03",
  });
  expect(body).not.toHaveProperty("storage_class");
});

test("groups that go together leave nothing behind when they are emptied", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.fill({
    ...LINUX_VM,
    Name: "residue-03",
    "Local administrator": "admin",
    Domain: "corp.example.com",
  });
  await newVm.submit();
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await newVm.fill({ "Local administrator": "", Domain: "" });
  const body = await nextBody(page, () => newVm.submit());
  expect(Object.keys(body).filter((name) => /guest_la|domain|join/.test(name))).toEqual([]);
});

test("a network fills in what it knows and says whether DHCP is there", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.fill({ Host: "hv01", Network: "Production", "IP address": "Static" });
  await expect(page.getByRole("combobox", { name: "Network" })).toHaveAccessibleDescription(
    /There is no DHCP/,
  );
  await expect(page.getByRole("spinbutton", { name: "Prefix length" })).toHaveValue("24");
  await expect(page.getByRole("textbox", { name: "Gateway" })).toHaveValue("10.20.10.1");
  await expect(page.getByRole("textbox", { name: "DNS server", exact: true })).toHaveValue("10.20.0.53");
  await newVm.fill({ "DNS server": "10.9.9.9", Network: "Servers" });
  await expect(page.getByRole("combobox", { name: "Network" })).toHaveAccessibleDescription(
    /DHCP is available/,
  );
  await expect(page.getByRole("textbox", { name: "Gateway" })).toHaveValue("10.20.20.1");
  await expect(page.getByRole("textbox", { name: "DNS server", exact: true })).toHaveValue("10.9.9.9");
});

test("a password can be looked at, and no manager fills it in", async ({ page, newVm }) => {
  await newVm.open();
  const password = page.getByRole("textbox", { name: "Administrator password" });
  await password.fill("correct-horse");
  await expect(password).toHaveAttribute("type", "password");
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await expect(page.locator("form")).toHaveAttribute("autocomplete", "off");
  const reveal = page.getByRole("button", { name: "Show password" }).first();
  await reveal.click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(reveal).toHaveAttribute("aria-pressed", "true");
});
