/**
 * `npm run screenshots`: takes the pictures of the README anew, light and dark, into docs/images. Starts simulated
 * hosts and the built application, and has one VM created so that there is a job to see. Fleet, window and
 * motion are always the same; ages and times are those of the run.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { ProcessSet } from "./support/processes.mjs";
import { ensureBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { findChromium, nodeVersionProblem } from "./support/requirements.mjs";
import { freePort, startSimulatedStack } from "./support/simulated-stack.mjs";

const FOLDER = join(ROOT, "docs", "images");
const WINDOW = { width: 1280, height: 800 };
/** Device pixels to a CSS pixel: sharp on dense screens too. */
const DENSITY = 1.5;
const WEBP_QUALITY = 80;
const LARGEST_BYTES = 150_000;

const FLEET = ["--seed", "fleet", "--hosts", "12", "--vms", "240", "--time-factor", "0.1"];
const SETTINGS = { initialization: { poll_seconds: 0.5, propagation_seconds: 3 } };
const NEW_VM = "web-frontend-17";

const PICTURES = [
  { name: "overview", path: () => "/" },
  { name: "vms", path: () => "/vms" },
  { name: "vm", path: ({ vmId }) => `/vms/${vmId}` },
  { name: "new-vm", path: () => "/vms/new", before: fillForm },
  { name: "job", path: ({ jobId }) => `/jobs/${jobId}` },
  { name: "host", path: ({ host }) => `/hosts/${host}` },
];

const problem = nodeVersionProblem();
if (problem) {
  console.error(problem);
  process.exit(1);
}
await ensureInstalled();
await ensureBuilt();
const processes = new ProcessSet((name, code) => {
  console.error(`The ${name} ended with exit code ${code}.`);
  process.exit(1);
});
try {
  const { url } = await startSimulatedStack(processes, {
    dataDir: join(ROOT, ".demo", "screenshots"),
    port: await freePort(),
    simulator: FLEET,
    settings: SETTINGS,
  });
  await takePictures(url, { ...(await createVm(url)), vmId: await tellingVm(url) });
} finally {
  await processes.stop();
}

/** Creates a VM on the first host that has what it takes; gives what the addresses of the pages need. */
async function createVm(url) {
  const { hosts } = await answer(`${url}/api/v1/hosts`);
  const { name: host, record } = hosts.find(
    ({ state, record }) => state === "online" && linuxImage(record) && record.networks.length > 0,
  );
  const { job_id: jobId } = await answer(`${url}/api/v1/managed-deployments`, {
    vm_name: NEW_VM,
    target_host: host,
    os_family: "linux",
    image_name: linuxImage(record).name,
    cpu_cores: 2,
    gb_ram: 4,
    size_gb: 64,
    network: record.networks[0].name,
    ip_behavior: "dhcp",
    guest_la_uid: "operator",
    guest_la_pw: "Picture-of-a-job-1",
  });
  for (;;) {
    const job = await answer(`${url}/api/v1/jobs/${jobId}`);
    if (job.state === "succeeded") return { host, jobId };
    if (job.state === "failed") throw new Error(`The VM for the pictures failed: ${job.error.message}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The VM of which there is most to see; of equal ones the first. */
async function tellingVm(url) {
  const { vms } = await answer(`${url}/api/v1/vms?state=running&limit=500`);
  const toSee = ({ guest_os, cluster_role, disks, nics }) =>
    [guest_os, cluster_role, ...disks, ...nics].filter((part) => part !== null).length;
  return vms.reduce((best, vm) => (toSee(vm) > toSee(best) ? vm : best)).vm_id;
}

function linuxImage(record) {
  return record?.images.find(({ os_family, size_gb }) => os_family === "linux" && size_gb <= 64);
}

async function answer(url, body) {
  const post = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(url, body === undefined ? {} : post);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function takePictures(url, places) {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await chromium.launch({
    executablePath: findChromium() ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  for (const colorScheme of ["light", "dark"]) {
    for (const picture of PICTURES) {
      // Nothing that an earlier page keeps in the browser shows in a later one.
      const context = await browser.newContext({
        viewport: WINDOW,
        deviceScaleFactor: DENSITY,
        colorScheme,
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "UTC",
      });
      await take(await context.newPage(), picture, url, places, `${picture.name}-${colorScheme}.webp`);
      await context.close();
    }
  }
  await browser.close();
}

async function take(page, { path, before }, url, places, name) {
  await page.goto(url + path(places));
  await settled(page);
  await before?.(page, places);
  const picture = await capture(page);
  if (picture.length > LARGEST_BYTES) throw new Error(`${name} would have ${picture.length} bytes.`);
  writeFileSync(join(FOLDER, name), picture);
  console.log(`docs/images/${name}: ${Math.ceil(picture.length / 1000)} KB`);
}

/** Everything is loaded, the tree beside the page too, and nothing says that it is still busy. */
async function settled(page) {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.getByRole("treeitem").first().waitFor();
  await page.waitForFunction(
    () =>
      ![...document.querySelectorAll("[role=status]")].some((status) => /^Loading/.test(status.textContent)),
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestIdleCallback(resolve));
  });
}

async function fillForm(page, { host }) {
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("web-frontend-18");
  await page.getByRole("radio", { name: "Linux", exact: true }).check();
  await page.getByRole("radio", { name: host, exact: true }).check();
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
}

/** Playwright itself writes no WebP, which has a third of the size. */
async function capture(page) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: WEBP_QUALITY });
  await session.detach();
  return Buffer.from(data, "base64");
}
