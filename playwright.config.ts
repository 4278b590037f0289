import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/support/requirements.mjs";

/** Without these, Chromium looks for update servers, and as root it does not start at all. */
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "tests/e2e",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  forbidOnly: true,
  reporter: "list",
  use: {
    launchOptions: { executablePath: findChromium() ?? "chromium", args: CHROMIUM_FLAGS },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
