import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hostEntrySchema } from "@/lib/config/host-schema";
import { loadSchemas } from "@/lib/schema/load";
import { SchemaValidators } from "@/lib/schema/validate";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const README = readFileSync(join(ROOT, "README.md"), "utf8");

describe("README.md", () => {
  it("sends a VM that the API takes", () => {
    const body = JSON.parse(/-d '(\{.*\})'/.exec(README)?.[1] ?? "");
    const answer = new SchemaValidators(loadSchemas(join(ROOT, "schemas"))).validate("vm", body);
    expect(answer).toMatchObject({ ok: true });
  });

  it("shows a host as the configuration takes it", () => {
    const { hosts } = JSON.parse(/^ *```json\n(.*?)^ *```/ms.exec(README)?.[1] ?? "");
    expect(hosts.map((entry: unknown) => hostEntrySchema.safeParse(entry).error)).toEqual([undefined]);
  });

  it("lists requests that the API answers", () => {
    const rows = [...README.matchAll(/^\| (`(?:GET|POST|PATCH).*?) \|/gm)].map(([, row = ""]) => row);
    const addresses = rows.flatMap((row) => row.match(/\/[^\s`,?]+/g) ?? []);
    expect(addresses.length).toBeGreaterThan(10);
    const routes = addresses.map((address) => join("app/api/v1", address.replaceAll(/\{(\w+)\}/g, "[$1]")));
    expect(routes.filter((route) => !existsSync(join(ROOT, route, "route.ts")))).toEqual([]);
  });
});
