/**
 * `node scripts/bench/form.mjs`: what the New VM form costs. Prints the JavaScript that its page loads (gzip)
 * and the 95th percentile from key to paint as a ratio to a bare input; beside what they should be. Asserts nothing.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { firstLine } from "../support/processes.mjs";
import { ensureBuilt, ensureInstalled, ROOT } from "../support/project.mjs";
import { findChromium } from "../support/requirements.mjs";
import { freePort } from "../support/simulated-stack.mjs";

const LIMIT_KB = 224;
const KEYS = 200;

await ensureInstalled();
await ensureBuilt();
const port = await freePort();
const demo = spawn(process.execPath, [join(ROOT, "scripts", "demo.mjs")], {
  env: { ...process.env, PORT: String(port) },
  stdio: ["ignore", "pipe", "inherit"],
});
const demoEnded = new Promise((resolve) => demo.once("exit", resolve));
try {
  const url = await firstLine(demo.stdout, (line) => /^Ready: (.*)$/.exec(line)?.[1]);
  const browser = await chromium.launch({
    executablePath: findChromium() ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage();
  const scripts = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.goto(`${url}/vms/new`);
  await page.getByRole("radio", { name: "hv01", exact: true }).waitFor();
  await page.waitForLoadState("networkidle");
  const kilobytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0) / 1024;
  console.log(
    `/vms/new: ${kilobytes.toFixed(1)} KB of JavaScript (gzip) in ${scripts.length} files, wanted at most ${LIMIT_KB}`,
  );

  const form = await keyToPaint(page, page.getByRole("textbox", { name: "Name", exact: true }));
  const bare = await browser.newPage();
  await bare.setContent("<!doctype html><label>Name <input></label>");
  const plain = await keyToPaint(bare, bare.getByRole("textbox", { name: "Name" }));
  console.log(
    `key to paint, p95 of ${KEYS}: form ${form.toFixed(1)} ms, bare input ${plain.toFixed(1)} ms, ratio ${(form / plain).toFixed(2)}`,
  );
  await browser.close();
} finally {
  demo.kill("SIGTERM");
  await demoEnded;
}

/** The 95th percentile, in ms, from a key's event to the end of the frame that paints it. */
async function keyToPaint(page, input) {
  await input.focus();
  await page.evaluate(() => {
    globalThis.delays = [];
    document.addEventListener(
      "keydown",
      (event) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.delays.push(performance.now() - event.timeStamp);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press(key % 16 < 15 ? "a" : "Backspace");
  await page.waitForFunction((keys) => globalThis.delays.length === keys, KEYS);
  const delays = await page.evaluate(() => globalThis.delays);
  return delays.sort((one, other) => one - other)[Math.floor(KEYS * 0.95)];
}
