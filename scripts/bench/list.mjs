/**
 * `node scripts/bench/list.mjs`: what filtering the list of 10,000 VMs costs in the browser. Names of VMs are typed
 * and taken back key by key. Prints the page's script time for one key as a ratio to filtering an array of the same
 * texts, and key to paint as a ratio to a bare input, all of one run. Asserts nothing.
 */
import { bareKeyToPaint, withApplication } from "./browser.mjs";

const HOSTS = 100;
const VMS = 10_000;
/** VMs whose names are typed, spread over the list. */
const NAMES = 8;
const LONGEST_NAME = 12;
const FLEET = ["--seed", "fleet", "--hosts", String(HOSTS), "--vms", String(VMS), "--time-factor", "0"];

await withApplication("list", FLEET, async (url, browser) => {
  const { vms } = await (await fetch(`${url}/api/v1/inventory`)).json();
  const names = vms.map(({ vm_name }) => vm_name);
  const words = Array.from({ length: NAMES }, (_, index) =>
    names[Math.floor(((index + 0.5) * names.length) / NAMES)].slice(0, LONGEST_NAME),
  );

  const page = await browser.newPage();
  await page.goto(`${url}/vms`);
  const field = page.getByLabel("Filter VMs");
  await page
    .getByText(`${VMS.toLocaleString("en")} VMs`)
    .first()
    .waitFor();
  await page.getByRole("table", { name: "Virtual machines" }).waitFor();
  const { keys, script, paints } = await type(page, field, words);
  const texts = vms.map(textOf);
  const bare = await bareFilter(page, texts, words);
  const input = await bareKeyToPaint(browser, keys);

  const ms = (figure) => `${figure.toFixed(1)} ms`;
  const ratio = (one, other) => `ratio ${(one / other).toFixed(1)}`;
  console.log(`/vms with ${vms.length} VMs, ${keys} keys:`);
  console.log(
    `script for one key ${ms(script / keys)}, filter of an array of the same texts ${ms(bare)}, ${ratio(script / keys, bare)}`,
  );
  const p95 = paints[Math.floor(paints.length * 0.95)];
  console.log(
    `key to the paint of its answer, p95: list ${ms(p95)}, bare input ${ms(input)}, ${ratio(p95, input)}`,
  );
});

/** What a list of VMs is searched in. */
function textOf({ vm_name, host, state, guest_os, networks, ip_addresses, note, vm_id }) {
  return [vm_name, host, state, guest_os, ...networks, ...ip_addresses, note, vm_id].join("\n").toLowerCase();
}

/**
 * Types each word and takes it back, and waits after each key until the page has nothing left to do. Gives the number
 * of keys, the page's script time in ms, and the sorted times from a key to the last paint that it caused.
 */
async function type(page, field, words) {
  await field.focus();
  await page.evaluate(() => {
    let pressed = 0;
    document.addEventListener(
      "keydown",
      (event) => {
        pressed = event.timeStamp;
        globalThis.painted = 0;
      },
      { capture: true },
    );
    new MutationObserver(() => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          globalThis.painted = performance.now() - pressed;
        };
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const scriptSeconds = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration").value;
  };

  const paints = [];
  let keys = 0;
  const before = await scriptSeconds();
  for (const word of words) {
    for (const key of [...word, ...Array.from(word, () => "Backspace")]) {
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
      paints.push(await page.evaluate(() => globalThis.painted));
      keys += 1;
    }
  }
  const script = ((await scriptSeconds()) - before) * 1000;
  return { keys, script, paints: paints.filter((time) => time > 0).sort((one, other) => one - other) };
}

/** The mean time, in ms, of filtering an array of the texts by each beginning of each word. */
function bareFilter(page, texts, words) {
  return page.evaluate(
    ([texts, words]) => {
      const queries = words.flatMap((word) =>
        Array.from(word, (_, end) => word.slice(0, end + 1).toLowerCase()),
      );
      const filter = () => queries.map((query) => texts.filter((text) => text.includes(query)).length);
      filter();
      const started = performance.now();
      filter();
      return (performance.now() - started) / queries.length;
    },
    [texts, words],
  );
}
