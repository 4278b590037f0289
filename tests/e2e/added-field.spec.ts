import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { test as base } from "./support/fixtures";

const SCHEMAS = mkdtempSync(join(tmpdir(), "aetherv-schemas-"));
cpSync(join(import.meta.dirname ?? __dirname, "../../schemas"), SCHEMAS, { recursive: true });

const test = base.extend({});
test.use({ stackOptions: { config: { paths: { schemas: SCHEMAS } } } });
test.afterAll(() => rmSync(SCHEMAS, { recursive: true, force: true }));

/** What an administrator does in an editor. */
function addField(file: string, name: string, field: object): void {
  const path = join(SCHEMAS, file);
  const schema = JSON.parse(readFileSync(path, "utf8"));
  schema.properties[name] = field;
  writeFileSync(path, JSON.stringify(schema, null, 2));
}

test("a field added to a schema file is in the form after a restart, is validated, and arrives", async ({
  page,
  newVm,
  stack,
  endOf,
}) => {
  await newVm.open();
  await expect(page.getByLabel("Asset tag")).toHaveCount(0);

  addField("vm.schema.json", "asset_tag", {
    type: "string",
    title: "Asset tag",
    pattern: "^A-[0-9]{4}$",
    "x-aetherv": { section: "machine", message: "Give `A-` and four digits." },
  });
  addField("nic.schema.json", "ntp_server", {
    type: "string",
    title: "Time server",
    "x-aetherv": { section: "network", guest: { kvp: "guest_ntp_server" } },
  });
  await stack.restartApp();

  await page.goto(`${stack.url}/vms/new`);
  await newVm.fill({
    Name: "tagged-01",
    "Operating system": "Linux",
    Host: "hv01",
    "Asset tag": "wrong",
    Image: "Debian 12",
    Network: "Servers",
    "Time server": "ntp.example.com",
  });
  await newVm.submit();
  await expect(page.getByRole("textbox", { name: "Asset tag" })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Give A- and four digits.").first()).toBeVisible();
  const refused = await stack.api<{ errors: unknown }>("/vms?validate_only=true", {
    body: { vm_name: "x1", os_family: "linux", target_host: "hv01", asset_tag: "wrong" },
  });
  expect(refused.body.errors).toEqual([{ pointer: "/asset_tag", message: "Give `A-` and four digits." }]);

  await newVm.fill({ "Asset tag": "A-1234" });
  const job = await endOf(await newVm.create());
  expect(job.state).toBe("succeeded");
  const calls = await stack.simulator.allCalls();
  const created = calls.find(({ agent, operation }) => agent === "vm" && operation === "create");
  expect(created?.spec).toMatchObject({ vm_name: "tagged-01", asset_tag: "A-1234" });
  expect(created?.spec).not.toHaveProperty("ntp_server");
  const vm = await stack.simulator.vm("tagged-01");
  expect(vm?.guest?.applied).toEqual({ guest_host_name: "tagged-01", guest_ntp_server: "ntp.example.com" });
});
