import { expect } from "@playwright/test";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/fixtures";

test("the API's reference is read without the internet, searched, and tried", async ({ page, stack }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(stack.url)) foreign.push(request.url());
  });
  await page.goto("/api/v1/docs");
  await expect(page).toHaveURL(/\/docs$/);
  const operation = page.getByRole("article", { name: "Add a disk to a VM" });
  await expect(operation).toContainText("POST /vms/{vm_id}/disks");

  const search = page.getByRole("searchbox", { name: "Search the reference" });
  await search.fill("disks shrink");
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("article", { name: "Change a disk" })).toBeVisible();
  await search.fill("no such thing anywhere");
  await expect(page.getByText("Nothing holds all of these words.")).toBeVisible();
  await search.fill("");

  await operation.getByText("As a curl command").click();
  const command = operation.getByRole("region", { name: /curl command/ });
  await expect(command).toContainText(`${stack.url}/api/v1/vms/{vm_id}/disks`);
  await operation.getByText("Refused with").click();
  await expect(operation.getByRole("link", { name: "disk_smaller_than_image" })).toBeVisible();
  await operation.getByRole("link", { name: "DiskSpec" }).click();
  await expect(page.getByRole("table", { name: "Members of DiskSpec" })).toBeInViewport();

  await search.fill("disk_smaller_than_image");
  await expect(page.getByRole("article")).toHaveCount(3);
  await expectAccessible(page, "the reference");
  expect(foreign).toEqual([]);
});
