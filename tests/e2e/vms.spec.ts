import { expect, type Page } from "@playwright/test";
import type { VmView } from "@/lib/domain/inventory";
import { expectNoSidewaysScroll, expectNoViolations } from "./support/accessibility";
import { test } from "./support/job-fixtures";

const table = (page: Page) => page.getByRole("table", { name: "Virtual machines" });
const names = (page: Page) => table(page).getByRole("rowheader");
const head = (page: Page, name: string) => table(page).getByRole("columnheader", { name, exact: true });
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter VMs" });
const choice = (page: Page, name: string) =>
  page.getByRole("search", { name: "VMs" }).getByRole("button", { name });
const question = (page: Page) => new URL(page.url()).searchParams;
/** With options that no other test has the hosts are its own: other tests leave VMs behind. */
test.use({
  stackOptions: { config: { jobs: { settle_seconds: 0.1 }, inventory: { period_seconds: 30 } } },
});

/** The VMs of the simulated hosts, by name. */
const SEEDED = ["backup01", "build-old", "dc01", "gitlab", "sql01", "test-debian", "web01"];

test("the list is searched, filtered and sorted, and each answer is its address", async ({ page }) => {
  await page.goto("/vms");
  await expect(names(page)).toHaveText(SEEDED);
  await expect(page.getByText("7 VMs on 3 hosts")).toBeVisible();

  await filter(page).fill("host:hv02");
  await expect(names(page)).toHaveText(["gitlab", "web01"]);
  await expect(page.getByText("2 of 7 VMs on 3 hosts")).toBeVisible();
  await expect.poll(() => question(page).get("q")).toBe("host:hv02");
  await filter(page).fill("10.20.20.90");
  await expect(names(page)).toHaveText(["backup01"]);
  await filter(page).fill("");
  await expect(names(page)).toHaveText(SEEDED);
  await expect.poll(() => question(page).has("q")).toBe(false);

  await choice(page, "State").click();
  await page.getByRole("menuitemcheckbox", { name: "off 2" }).click();
  await page.keyboard.press("Escape");
  await expect(names(page)).toHaveText(["build-old", "test-debian"]);
  expect(question(page).get("state")).toBe("off");
  await choice(page, "Cluster").click();
  await expect(page.getByRole("menuitemcheckbox", { name: "cluster01 1" })).toBeVisible();
  await page.getByRole("menuitemcheckbox", { name: "standalone 1" }).click();
  await page.keyboard.press("Escape");
  await expect(names(page)).toHaveText(["test-debian"]);
  await page.reload();
  await expect(names(page)).toHaveText(["test-debian"]);
  await page.goBack();
  await expect(names(page)).toHaveText(["build-old", "test-debian"]);
  await page.goForward();
  await expect(names(page)).toHaveText(["test-debian"]);
  await filter(page).fill("nothing like it");
  await expect(page.getByText("No VM matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all VMs" }).click();
  await expect(names(page)).toHaveText(SEEDED);
  await expect(filter(page)).toHaveValue("");

  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "ascending");
  await head(page, "Memory").getByRole("button").click();
  await expect(head(page, "Memory")).toHaveAttribute("aria-sort", "descending");
  await expect(names(page)).toHaveText([
    ...["sql01", "backup01", "gitlab", "build-old", "dc01", "web01", "test-debian"],
  ]);
  await head(page, "Memory").getByRole("button").click();
  await expect(names(page).first()).toHaveText("test-debian");
  expect(question(page).get("sort")).toBe("memory");
  await page.goto("/vms?state=flying,off&sort=-flying&columns=wings&q=build");
  await expect(names(page)).toHaveText(["build-old"]);
  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "ascending");
});

test("one chooses the columns, and they are part of the address", async ({ page }) => {
  await page.goto("/vms");
  await expect(head(page, "Note")).toHaveCount(0);
  await choice(page, "Columns").click();
  await page.getByRole("menuitemcheckbox", { name: "Note" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Disks" }).click();
  await page.getByRole("menuitemcheckbox", { name: "As of" }).click();
  await page.keyboard.press("Escape");
  await expect(head(page, "Note")).toBeAttached();
  await expect(head(page, "As of")).toHaveCount(0);
  const row = table(page).getByRole("row").filter({ hasText: "sql01" });
  await expect(row.getByRole("cell", { name: "2 · 600 GB" })).toBeVisible();
  expect(question(page).get("columns")?.split(",")).toEqual(
    ...[["name", "state", "host", "cpus", "load", "memory", "disks", "addresses", "uptime", "note"]],
  );
  await page.reload();
  await expect(table(page).getByText("Domain controller. Do not move during backups.")).toBeAttached();
  await choice(page, "Columns").click();
  await page.getByRole("menuitem", { name: "As by default" }).click();
  await expect(head(page, "Note")).toHaveCount(0);
  expect(question(page).get("columns")).toBeNull();
});

test("a VM's page shows what it is made of, part by part, each at its address", async ({ page }) => {
  await page.goto("/vms");
  await table(page).getByRole("link", { name: "sql01", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("sql01");
  await expect(page.getByRole("status").filter({ hasText: "running" })).toBeVisible();
  await expect(page.getByRole("link", { name: "hv01", exact: true }).first()).toBeVisible();
  await expect(page.getByText("8 virtual")).toBeVisible();
  await expect(page.getByText("Nothing in its Notes says that AetherV made it.")).toBeVisible();
  await expect(page).toHaveTitle("sql01 · AetherV");

  await page.getByRole("tab", { name: "Disks 2" }).click();
  expect(question(page).get("tab")).toBe("disks");
  const second = page.getByRole("row").filter({ hasText: "sql01-2.vhdx" });
  await expect(second.getByRole("rowheader")).toContainText(
    "C:\\ClusterStorage\\Volume2\\Hyper-V\\sql01\\sql01-2.vhdx",
  );
  await expect(second).toContainText("silver");
  await expect(second).toContainText("500 GB");
  await expect(second).toContainText("212 GB");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("row").filter({ hasText: "Network Adapter" })).toContainText(
    /Production.*Datacenter.*10.*10\.20\.10\.21/s,
  );
  await page.reload();
  await expect(page.getByRole("tab", { name: "Network adapters 1" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.getByRole("tab", { name: "Notes" }).click();
  await expect(page.getByText("No notes")).toBeVisible();
  await page.getByRole("tab", { name: "Jobs 0" }).click();
  await expect(page.getByText("None was done on this VM since the server started.")).toBeVisible();
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page).toHaveURL(/\/vms\/new\?from=/);
});

test("VMs of a host that does not answer stay listed, and say what to do", async ({ page, stack }) => {
  const { body } = await stack.api<{ vms: VmView[] }>("/vms?q=backup01");
  await stack.simulator.power("hv03", false);
  try {
    await stack.api("/inventory/refresh", { body: { host: "hv03" } });
    await page.goto("/vms");
    await expect(page.getByText("hv03 could not be read: 2 VMs are shown as last known")).toBeVisible();
    await expect(names(page)).toHaveCount(7);
    await page.getByRole("button", { name: "Show its VMs alone" }).click();
    await expect(names(page)).toHaveText(["backup01", "test-debian"]);
    await filter(page).fill("unreachable");
    await expect(names(page)).toHaveCount(2);
    await page.goto(`/vms/${body.vms[0]?.vm_id}`);
    await expect(page.getByText("hv03 could not be read: this is what was known last")).toBeVisible();
    await expect(page.getByText("Check that the host is up")).toBeVisible();
    await expect(page.getByText("last known", { exact: true })).toBeVisible();
    await expectNoViolations(page, "VM, host unreachable");
  } finally {
    await stack.simulator.power("hv03", true);
    await stack.api("/inventory/refresh", { body: {} });
  }
});

test("states of a VM that pass: migrating, missing, critical, gone", async ({ page, stack }) => {
  const { body } = await stack.api<{ vms: VmView[] }>("/vms?q=gitlab");
  const [vm] = body.vms;
  if (vm === undefined) throw new Error("There is no VM gitlab.");
  let shown: Partial<VmView> = { activity: "migrating" };
  await page.route(`**/api/v1/vms/${vm.vm_id}`, (route) => route.fulfill({ json: { ...vm, ...shown } }));
  await page.goto(`/vms/${vm.vm_id}`);
  await expect(page.getByText("A live migration is under way")).toBeVisible();
  await expect(page.getByText("migrating", { exact: true })).toBeVisible();
  shown = { missing_since: "2026-01-02T03:04:05.000Z", cluster: "cluster01" };
  await page.reload();
  await expect(page.getByRole("heading", { name: "hv02 no longer has this VM" })).toBeVisible();
  await expect(page.getByText("until every node of cluster01 was read again")).toBeVisible();
  shown = { state: "critical" };
  await page.reload();
  await expect(page.getByText("Hyper-V reports the VM as critical")).toBeVisible();
  await page.unroute(`**/api/v1/vms/${vm.vm_id}`);

  const never = "00000000-0000-0000-0000-000000000000";
  await page.goto(`/vms/${never}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such VM");
  await expect(page.getByText("it was deleted, or there never was one")).toBeVisible();
  await expectNoViolations(page, "no such VM");
  await page.getByRole("main").getByRole("link", { name: "All VMs" }).click();
  await expect(names(page)).not.toHaveCount(0);
});

test("the pages of VMs by keyboard, on a phone, and by axe in both themes", async ({ page, stack }) => {
  const { body } = await stack.api<{ vms: VmView[] }>("/vms?q=sql01");
  const address = `/vms/${body.vms[0]?.vm_id}`;
  await page.goto("/vms");
  await expect(names(page)).not.toHaveCount(0);
  await expectNoViolations(page, "list");
  await choice(page, "State").click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectNoViolations(page, "list, filter open", "[role=menu]");
  await page.keyboard.press("Escape");
  await expect(choice(page, "State")).toBeFocused();
  for (const tab of ["overview", "disks", "nics", "notes"]) {
    await page.goto(`${address}?tab=${tab}`);
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await expectNoViolations(page, tab);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const tab of ["overview", "disks", "nics"]) {
    await page.goto(`${address}?tab=${tab}`);
    await expect(page.getByRole("tabpanel")).toBeVisible();
    await expectNoSidewaysScroll(page, `${tab}, 320 px`);
  }
  await page.goto("/vms");
  await expect(names(page)).not.toHaveCount(0);
  await expectNoSidewaysScroll(page, "list, 320 px");
  const region = page.getByRole("region", { name: "Virtual machines" });
  await region.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  await region.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  const [first] = await Promise.all([names(page).first().boundingBox(), region.boundingBox()]);
  expect(first?.x, "the name stays in view").toBeGreaterThanOrEqual(0);
  await expect(head(page, "As of")).toBeInViewport();
});

test("a VM that AetherV made says so, and links to its job; a job links to its VM", async ({
  page,
  deploy,
  endOf,
}) => {
  const { vm_id } = await endOf(await deploy("made-01"));
  await page.goto(`/vms/${vm_id}`);
  await expect(page.getByText("complete since")).toBeVisible();
  await page.getByRole("tab", { name: "Notes" }).click();
  await expect(page.getByRole("heading", { name: "AetherV's block in the Notes" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("aetherv begin");
  await page.getByRole("tab", { name: "Jobs 1" }).click();
  await page.getByRole("table", { name: "Jobs of this VM" }).getByRole("link", { name: "New VM" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("made-01");
  await page.getByRole("main").getByRole("link", { name: "made-01", exact: true }).first().click();
  await expect(page).toHaveURL(new RegExp(`/vms/${vm_id}$`));
});

test("a VM's page lists the jobs on it that failed, with what to do next", async ({
  page,
  stack,
  deployFailing,
}) => {
  const jobId = await deployFailing("failing-01");
  const { body } = await stack.api<{ vms: VmView[] }>("/vms?q=failing-01");
  await page.goto(`/vms/${body.vms[0]?.vm_id}`);
  const failures = page.getByRole("region", { name: "Failed jobs" });
  await expect(failures).toContainText("The virtual switch is being reconfigured.");
  await expect(page.getByText("unfinished", { exact: true })).toBeVisible();
  await expect(page.getByText("What was asked for")).toBeVisible();
  await failures.getByRole("link", { name: "New VM" }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${jobId}`));
});
