import { expect } from "@playwright/test";
import { test } from "./support/fixtures";

// Hosts of its own: the figures are those of hosts on which no other test created anything.
test.use({ stackOptions: { simulator: { timeFactor: 0 } } });

test("the hosts are compared by memory, processors, storage and the age of that", async ({
  page,
  newVm,
  stack,
}) => {
  await newVm.open();
  const hosts = page.getByRole("radiogroup", { name: "Host" });
  const hv01 = hosts.getByRole("radio", { name: "hv01", exact: true });
  await expect(hv01).toHaveAccessibleDescription(/208 GB free of 256 GB/);
  await expect(hv01).toHaveAccessibleDescription(/12 virtual in use on 32 logical/);
  await expect(hv01).toHaveAccessibleDescription(/gold .* free, shared silver .* free, shared/);
  await expect(hv01).toHaveAccessibleDescription(/As of (just now|\d+ s ago)/);
  const { body } = await stack.api<{ committed_vcpus: number }>("/hosts/hv01");
  expect(body.committed_vcpus).toBe(12);
});

test("a host that does not fit says why, as the memory is typed", async ({ page, newVm }) => {
  await newVm.open();
  const host = (name: string) => page.getByRole("radio", { name, exact: true });
  await host("hv01").check();
  const memory = page.getByRole("spinbutton", { name: "Memory" });
  await memory.fill("220");
  await expect(host("hv01")).toHaveAccessibleDescription(
    /hv01 has 208 GB of memory free, 220 GB were asked for/,
  );
  await expect(host("hv01")).toBeDisabled();
  await expect(host("hv01")).toBeChecked();
  await expect(host("hv02")).toBeEnabled();
  await memory.fill("4");
  await expect(host("hv01")).toBeEnabled();
  await page.getByRole("spinbutton", { name: "Size" }).fill("3000");
  await page.getByRole("radio", { name: "Fixed" }).check();
  await expect(host("hv01")).toHaveAccessibleDescription(/No storage class of hv01 has/);
  await page.getByRole("radio", { name: "Dynamic" }).check();
  await page.getByRole("radio", { name: "Cluster it, or refuse" }).check();
  await expect(host("hv03")).toHaveAccessibleDescription(/hv03 is in no cluster/);
});

test("a host that does not fit is reached by the arrow keys and not chosen by them", async ({
  page,
  newVm,
}) => {
  await newVm.open();
  await page.getByRole("spinbutton", { name: "Memory" }).fill("220");
  const host = (name: string) => page.getByRole("radio", { name, exact: true });
  await host("hv03").check();
  await page.keyboard.press("ArrowDown");
  await expect(host("hv01")).toBeFocused();
  await expect(host("hv03")).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(host("hv02")).toBeChecked();
});

test("a storage class without room says so", async ({ page, newVm }) => {
  await newVm.open();
  await page.getByRole("radio", { name: "hv01", exact: true }).check();
  await page.getByRole("radio", { name: "Fixed" }).check();
  await page.getByRole("spinbutton", { name: "Size" }).fill("2000");
  await expect(page.getByRole("option", { name: /^gold .* too little: 2 TB wanted/ })).toBeDisabled();
  await expect(page.getByRole("option", { name: /^silver/ })).toBeEnabled();
});

test("hosts that cannot be read say so, and can be tried again", async ({ page, newVm }) => {
  let broken = true;
  await page.route("**/api/v1/inventory*", (route) => (broken ? route.abort() : route.continue()));
  await newVm.open();
  await expect(page.getByText("The hosts could not be read.").first()).toBeVisible();
  await page.getByRole("button", { name: "Retry" }).first().focus();
  broken = false;
  // The page tries again by itself too: a click would wait for a button that may be gone by then.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeVisible();
});
