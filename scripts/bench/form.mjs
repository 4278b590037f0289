/**
 * `node scripts/bench/form.mjs`: what the New VM form costs. Prints the JavaScript that its page loads (gzip)
 * and the 95th percentile from key to paint as a ratio to a bare input; beside what they should be. Asserts nothing.
 */
import { gzipSync } from "node:zlib";
import { bareKeyToPaint, keyToPaint, withApplication } from "./browser.mjs";

const LIMIT_KB = 224;
const KEYS = 200;

await withApplication("form", ["--seed", "demo", "--time-factor", "0"], async (url, browser) => {
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

  const form = await keyToPaint(page, page.getByRole("textbox", { name: "Name", exact: true }), KEYS);
  const bare = await bareKeyToPaint(browser, KEYS);
  console.log(
    `key to paint, p95 of ${KEYS}: form ${form.toFixed(1)} ms, bare input ${bare.toFixed(1)} ms, ratio ${(form / bare).toFixed(2)}`,
  );
});
