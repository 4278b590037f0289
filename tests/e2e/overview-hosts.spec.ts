import { expect, type Page } from "@playwright/test";
import type { HostView } from "@/lib/domain/inventory";
import { expectAccessible } from "./support/accessibility";
import { test } from "./support/job-fixtures";

// A server of its own: where all is well, no other test's VMs and failed jobs may be.
test.use({ stackOptions: { config: { jobs: { settle_seconds: 0.1, retained: 102 } } } });

const heading = (page: Page) => page.getByRole("main").getByRole("heading", { level: 1 });
const rowsOf = (page: Page, table: string) => page.getByRole("table", { name: table }).getByRole("row");
const tab = (page: Page, name: RegExp) => page.getByRole("main").getByRole("tab", { name });

test("the overview is calm where all is well, and says where there is room", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Nothing needs attention" })).toBeVisible();
  await expect(page.getByText(/^All 3 hosts answered/)).toBeVisible();
  const cluster = rowsOf(page, "Capacity").filter({ hasText: "cluster01" });
  await expect(cluster).toContainText("cluster, 2 hosts");
  await expect(cluster.getByRole("meter", { name: "gold of cluster01 in use" })).toBeVisible();
  await expect(rowsOf(page, "Capacity").filter({ hasText: "hv03" })).toContainText("standalone");
  // gold and silver are shared by two nodes, and still there once.
  await expect(rowsOf(page, "Capacity").filter({ hasText: "All hosts" }).getByRole("listitem")).toHaveCount(
    3,
  );
  await page.getByRole("link", { name: "2 off" }).click();
  await expect(page).toHaveURL("/vms?state=off");
  await page.goBack();
  await expectAccessible(page, "calm overview");
});

test("the list of hosts is asked in its address", async ({ page }) => {
  await page.goto("/hosts?sort=-vms");
  const hosts = rowsOf(page, "Hosts");
  const names = page.getByRole("table", { name: "Hosts" }).getByRole("rowheader");
  await expect(names).toHaveText(["hv01", "hv02", "hv03"]);
  await page.getByRole("button", { name: "Memory free" }).click();
  await expect(page).toHaveURL("/hosts?sort=memory");
  await page.getByRole("button", { name: "Memory free" }).click();
  await expect(names).toHaveText(["hv03", "hv02", "hv01"]);
  await page.getByRole("searchbox", { name: "Filter hosts", exact: true }).fill("cluster01 hv02");
  await expect(names).toHaveText(["hv02"]);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("cluster01 hv02");
  await page.getByRole("searchbox", { name: "Filter hosts", exact: true }).fill("none like it");
  await page.getByRole("button", { name: "Show all hosts" }).click();
  await page.getByRole("combobox", { name: "Cluster" }).selectOption("standalone");
  await expect(hosts.filter({ hasText: "hv03" })).toContainText(/free|of/);
  await expect(names).toHaveText(["hv03"]);
  await page.goto("/hosts?cluster=cluster01&q=hv01");
  await expect(names).toHaveText(["hv01"]);
  await expectAccessible(page, "hosts");
});

test("a host shows what it has, and reads again when asked", async ({ page, stack }) => {
  await page.goto("/hosts/hv01");
  await expect(heading(page)).toHaveText("hv01");
  await expect(page.getByRole("main")).toContainText("A node of cluster01");
  await expect(page.getByRole("definition").filter({ hasText: "Windows Server" })).toBeVisible();
  await expectAccessible(page, "a host");
  const read = async () => (await stack.api<HostView>("/hosts/hv01")).body;
  const { as_of } = await read();
  const asked = page.waitForResponse((response) => response.url().endsWith("/api/v1/inventory/refresh"));
  await page.getByRole("button", { name: "Refresh now" }).click();
  expect((await asked).status()).toBe(202);
  await expect
    .poll(async () => Date.parse((await read()).as_of ?? ""))
    .toBeGreaterThan(Date.parse(as_of ?? ""));
  await expect(page.getByRole("button", { name: "Refresh now" })).not.toHaveAttribute("aria-disabled");
  const cost = page.getByRole("region", { name: "Last refresh" });
  await expect
    .poll(async () => (await cost.textContent())?.match(/WinRM round trips(\d+)/)?.[1])
    .toBe(String((await read()).refresh?.round_trips));

  await tab(page, /^Storage classes/).click();
  await expect(page).toHaveURL("/hosts/hv01?tab=storage");
  await expect(rowsOf(page, "Storage classes of hv01").filter({ hasText: "gold" })).toContainText("shared");
  await page.goto("/hosts/hv01?tab=networks");
  await expect(rowsOf(page, "Networks").filter({ hasText: "Production" })).toContainText("Datacenter");
  await tab(page, /^Images/).click();
  await expect(rowsOf(page, "Images").nth(1)).toContainText("GB");
  await tab(page, /^VMs/).click();
  await expect(page.getByRole("rowheader", { name: "dc01" })).toBeVisible();
  await expectAccessible(page, "VMs of a host");
});

test("a cluster shows its nodes, its room with one of them lost, and its VMs", async ({ page }) => {
  await page.goto("/clusters");
  await page.getByRole("main").getByRole("link", { name: "cluster01" }).click();
  await expect(page).toHaveURL("/clusters/cluster01");
  await expect(heading(page)).toHaveText("cluster01");
  await expect(rowsOf(page, "Nodes of cluster01")).toHaveCount(3);
  const lost = page.getByRole("region", { name: "Memory with one node lost" });
  await expect(lost).toContainText(/Losing hv0[12] would leave the least/);
  await expectAccessible(page, "a cluster");
  await page.goto("/clusters/cluster01?tab=vms");
  await expect(page.getByRole("rowheader", { name: "dc01" })).toBeVisible();
  await tab(page, /^Shared storage/).click();
  await expect(rowsOf(page, "Storage classes of cluster01")).toHaveCount(3);
  await page.goto("/clusters");
  await expectAccessible(page, "clusters");
});

test("addresses of hosts and clusters that are not there say so", async ({ page }) => {
  for (const [path, words] of [
    ["/hosts/nowhere", "No host is called nowhere"],
    ["/clusters/nowhere", "No cluster is called nowhere"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(words)).toBeVisible();
  }
  await expectAccessible(page, "a cluster that is not there");
});

test("a job that failed stands on the overview until the same is done with success", async ({
  page,
  stack,
  deploy,
  endOf,
}) => {
  const message = "The host is being patched.";
  const fault = { host: "hv03", kind: "agent_error", agent: "vm", operation: "create", times: 1 };
  await stack.simulator.fault({ ...fault, code: "hyperv_error", message });
  await page.goto("/");
  await endOf(await deploy("again-01", { target_host: "hv03" }));
  const failed = page.getByRole("listitem").filter({ hasText: "1 job failed within a day" });
  await expect(failed).toContainText(message);
  await expect(failed.getByRole("link", { name: "again-01" })).toHaveAttribute("href", /^\/jobs\/./);
  await endOf(await deploy("again-01", { target_host: "hv03" }));
  await expect(page.getByRole("heading", { name: "Nothing needs attention" })).toBeVisible();
  await expect(failed).toHaveCount(0);
});
