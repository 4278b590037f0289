import { join } from "node:path";
import { chromium } from "@playwright/test";
import { ProcessSet } from "../support/processes.mjs";
import { ensureBuilt, ensureInstalled, ROOT } from "../support/project.mjs";
import { findChromium } from "../support/requirements.mjs";
import { freePort, startSimulatedStack } from "../support/simulated-stack.mjs";

/**
 * Runs `bench(url, browser)` with the built application over simulated hosts, which are started with these flags
 * of `simulator/main.ts`, and ends all of it.
 */
export async function withApplication(name, simulator, bench) {
  await ensureInstalled();
  await ensureBuilt();
  const processes = new ProcessSet((process, code) => {
    console.error(`The ${process} ended with exit code ${code}.`);
    globalThis.process.exit(1);
  });
  try {
    const { url } = await startSimulatedStack(processes, {
      dataDir: join(ROOT, ".demo", `bench-${name}`),
      port: await freePort(),
      simulator,
    });
    const browser = await chromium.launch({
      executablePath: findChromium() ?? "chromium",
      args: ["--no-sandbox", "--disable-gpu"],
    });
    await bench(url, browser);
    await browser.close();
  } finally {
    await processes.stop();
  }
}

/** The 95th percentile, in ms, from a key's event to the end of the frame that paints it. */
export async function keyToPaint(page, input, keys) {
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
  for (let key = 0; key < keys; key += 1) await page.keyboard.press(key % 16 < 15 ? "a" : "Backspace");
  await page.waitForFunction((keys) => globalThis.delays.length === keys, keys);
  const delays = await page.evaluate(() => globalThis.delays);
  return delays.sort((one, other) => one - other)[Math.floor(keys * 0.95)];
}

/** The same in a page with nothing but an input, on the same machine in the same run. */
export async function bareKeyToPaint(browser, keys) {
  const page = await browser.newPage();
  await page.setContent("<!doctype html><label>Name <input></label>");
  const delay = await keyToPaint(page, page.getByRole("textbox", { name: "Name" }), keys);
  await page.close();
  return delay;
}
