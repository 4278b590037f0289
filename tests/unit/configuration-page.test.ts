import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "@/lib/config";
import { settingsSchema } from "@/lib/config/settings";
import { configurationPage } from "@/scripts/docs/configuration-page";

const PAGE = readFileSync(fileURLToPath(new URL("../../docs/configuration.md", import.meta.url)), "utf8");
const FILES = [...PAGE.matchAll(/^```json\n(.*?)^```/gms)].map(([, text = ""]) => text);
const DEFAULTS = settingsSchema.parse({});
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aetherv-configuration-page-"));
  mkdirSync(join(folder, "secrets"));
  writeFileSync(join(folder, "secrets", "hv01"), "pa55\n");
  const certificate =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=ca";
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "ca.pem")];
  execFileSync("openssl", [...certificate.split(" "), ...files], { stdio: "ignore" });
  copyFileSync(join(folder, "ca.pem"), join(folder, "secrets", "aetherv.pem"));
  copyFileSync(join(folder, "key.pem"), join(folder, "secrets", "aetherv-key.pem"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string) {
  writeFileSync(join(folder, "aetherv.config.json"), text);
  return loadConfig({ HV01_PASSWORD: "pa55" }, folder);
}

describe("docs/configuration.md", () => {
  it("is what `npm run docs` writes", () => {
    expect(PAGE, "Run `npm run docs`.").toBe(configurationPage());
  });

  it("begins with a file that loads", () => {
    const config = load(FILES[0] ?? "");
    expect(config.hosts).toMatchObject([{ name: "hv01", address: "https://hv01.example.com:5986" }]);
    expect(config.hosts[0]?.password?.reveal()).toBe("pa55");
  });

  it("ends with a file that loads and changes every key", () => {
    const { paths, ...config } = load(FILES.at(-1) ?? "");
    expect(paths).toEqual({ schemas: join(folder, "my-schemas"), agents: join(folder, "my-agents") });
    const { paths: _, ...defaults } = DEFAULTS;
    for (const [section, keys] of Object.entries(defaults)) {
      for (const [key, fallback] of Object.entries(keys)) {
        expect(config, `${section}.${key}`).not.toHaveProperty([section, key], fallback);
        expect(config).toHaveProperty([section, key]);
      }
    }
  });
});
