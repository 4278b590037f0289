import { expect, type Page } from "@playwright/test";
import { test } from "./support/fixtures";
import { LINUX_VM } from "./support/linux-vm";

const PASSWORD = "correct-horse-canary";
const TYPED = {
  ...LINUX_VM,
  Memory: "6",
  "Local administrator": "admin",
  "Administrator password": PASSWORD,
};

async function expectKept(page: Page, name: string, password: string): Promise<void> {
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(name);
  await expect(page.getByRole("spinbutton", { name: "Memory" })).toHaveValue("6");
  await expect(page.getByRole("radio", { name: "hv01", exact: true })).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Image" })).toHaveValue("Ubuntu 24.04");
  await expect(page.getByRole("textbox", { name: "Local administrator" })).toHaveValue("admin");
  await expect(page.getByRole("textbox", { name: "Administrator password" })).toHaveValue(password);
}

test("a draft survives reload and navigation without its secrets, and can be discarded", async ({
  page,
  newVm,
}) => {
  await newVm.open();
  await newVm.fill({ ...TYPED, Name: "draft-01" });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Draft restored" })).toBeVisible();
  await expectKept(page, "draft-01", "");
  await newVm.fill({ "Administrator password": PASSWORD, Name: "draft-02" });
  await page.getByRole("link", { name: "Hosts", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hosts" })).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(stored).toContain("draft-02");
  expect(stored).not.toContain(PASSWORD);
  await page.goBack();
  await expectKept(page, "draft-02", "");
  await page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(page.getByRole("heading", { name: "Draft restored" })).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("");
  await page.reload();
  await expect(page.getByRole("button", { name: "Review" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Draft restored" })).toHaveCount(0);
});

test("a draft is over once its VM is asked for", async ({ page, newVm }) => {
  await newVm.open();
  await newVm.fill({ ...LINUX_VM, Name: "draft-03" });
  await newVm.create();
  await newVm.open();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("");
});

for (const status of [409, 422, 503]) {
  test(`an answer of ${status} costs nothing of what was typed`, async ({ page, newVm }) => {
    await page.route("**/api/v1/managed-deployments", (route) =>
      route.fulfill({
        status,
        contentType: "application/problem+json",
        body: JSON.stringify({
          ...{ type: "about:blank", title: "Refused", status, code: "refused", detail: "Not now." },
          next: "Try it again.",
          ...(status === 422 ? { errors: [{ pointer: "/gb_ram", message: "Too much." }] } : {}),
        }),
      }),
    );
    const name = `kept-${status}`;
    await newVm.open();
    await newVm.fill({ ...TYPED, Name: name });
    await newVm.submit();
    await page.getByRole("button", { name: "Create VM" }).click();
    if (status === 422) {
      await expect(page.getByRole("spinbutton", { name: "Memory" })).toHaveAttribute("aria-invalid", "true");
    } else {
      await expect(page.getByText("Not now.")).toBeVisible();
      await page.getByRole("button", { name: "Back to the form" }).click();
    }
    await expectKept(page, name, PASSWORD);
    await page.unroute("**/api/v1/managed-deployments");
    await newVm.create();
  });
}

test("a network that is lost while it is asked for makes one VM all the same", async ({
  page,
  newVm,
  stack,
}) => {
  await newVm.open();
  await newVm.fill({ ...TYPED, Name: "offline-01" });
  await newVm.submit();
  // The request arrives; its answer does not.
  await page.route("**/api/v1/managed-deployments", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Create VM" }).click();
  await expect(
    page.getByRole("heading", { name: "It is not known whether the request arrived" }),
  ).toBeVisible();
  await page.unroute("**/api/v1/managed-deployments");
  await newVm.createReviewed();
  const { body } = await stack.api<{ total: number }>("/jobs?kind=managed_deployment&vm=offline-01");
  expect(body.total).toBe(1);
});

test("without a network the form says so and keeps everything", async ({ page, newVm, context }) => {
  await newVm.open();
  await newVm.fill({ ...TYPED, Name: "offline-02" });
  await context.setOffline(true);
  await newVm.submit();
  await expect(page.getByRole("alert").filter({ hasText: "server does not answer" }).first()).toBeVisible();
  await expectKept(page, "offline-02", PASSWORD);
  await context.setOffline(false);
  await newVm.create();
});
