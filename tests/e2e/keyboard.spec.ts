import { expect } from "@playwright/test";
import { test } from "./support/fixtures";
import { Keyboard } from "./support/keyboard";

test("a VM is created, gets a disk and is turned off, and its log is read, by keyboard alone", async ({
  page,
  stack,
  endOf,
}, { repeatEachIndex }) => {
  const name = `typed-0${repeatEachIndex + 1}`;
  const keyboard = new Keyboard(page);
  const main = page.getByRole("main");
  const choice = (label: string) => main.getByRole("combobox", { name: label, exact: true });
  const button = (label: string) => main.getByRole("button", { name: label, exact: true });
  const log = main.getByRole("region", { name: "Log" });
  const searchLog = async (words: string) => {
    await keyboard.type(main.getByRole("searchbox", { name: "Search the log" }), words);
    await page.keyboard.press("Enter");
    await expect(main.getByRole("search", { name: "Log" })).toContainText(/\b1 of \d+ lines?/);
    await expect(log.locator("mark").first()).toHaveText(words);
  };

  await page.goto("/");
  await keyboard.goTo("New VM");
  await keyboard.type(main.getByRole("textbox", { name: "Name", exact: true }), name);
  await keyboard.choose(main.getByRole("radiogroup", { name: "Operating system" }), "Linux");
  await keyboard.choose(main.getByRole("radiogroup", { name: "Host", exact: true }), "hv01");
  await keyboard.select(choice("Image"), "Ubuntu 24.04");
  await keyboard.select(choice("Network"), "Servers");
  await keyboard.press(button("Review"));
  await expect(main.getByRole("heading", { name: `Review ${name}` })).toBeFocused();
  await keyboard.press(button("Create VM"));

  await page.waitForURL(/\/jobs\/[^/]+$/);
  const job = await endOf(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(job.state).toBe("succeeded");
  await expect(main.getByRole("status").first()).toContainText("succeeded");
  await searchLog("configuration");
  await keyboard.to(log);
  await page.keyboard.press("Control+End");

  const vmId = String(job.outputs.vm_id);
  await keyboard.press(main.getByRole("link", { name: vmId }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await keyboard.to(main.getByRole("tab", { name: "Overview" }));
  await page.keyboard.press("ArrowRight");
  const disks = main.getByRole("tabpanel").locator("tbody").getByRole("row");
  await expect(disks).toHaveCount(1);
  await keyboard.press(button("Add disk"));
  const adding = page.getByRole("dialog", { name: "Add disk" });
  await keyboard.type(adding.getByRole("spinbutton", { name: "Size" }), "25");
  await keyboard.press(adding.getByRole("button", { name: "Add disk" }));
  await expect(adding).toBeHidden();
  await expect(disks.filter({ hasText: "25 GB" })).toHaveCount(1);
  expect((await stack.simulator.vm(name))?.disks).toHaveLength(2);

  await keyboard.to(button("Power"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("t");
  await expect(page.getByRole("menuitem", { name: /^Turn off/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const asked = page.getByRole("alertdialog", { name: `Turn off ${name}?` });
  await keyboard.press(asked.getByRole("button", { name: "Turn off" }));
  await expect(page.getByRole("status").filter({ hasText: "off" }).first()).toBeVisible();
  expect((await stack.simulator.vm(name))?.state).toBe("off");

  await keyboard.to(main.getByRole("tab", { name: /^Disks/ }));
  await page.keyboard.press("End");
  await expect(main.getByRole("tab", { name: /^Jobs/ })).toBeFocused();
  await keyboard.press(
    main
      .getByRole("tabpanel")
      .getByRole("link", { name: /Turn off/ })
      .first(),
  );
  await page.waitForURL(/\/jobs\/[^/]+$/);
  await expect(main.getByRole("status").first()).toContainText("succeeded");
  await searchLog(name);
});
