/**
 * `npm run bench`: how long one agent call takes on each engine, cold and warm; what the inventory of a large fleet
 * costs the server; what the New VM form and a filter over 10,000 VMs cost in the browser; what the WinRM client needs
 * beside pywinrm. Prints ratios of one run; asserts nothing. `npm run bench -- inventory` runs one of them:
 * agent-calls, inventory, form, list, winrm.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureEngineBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { dotnetProblem } from "./support/requirements.mjs";

/** Flags of Node, and the script. */
const BENCHES = {
  "agent-calls": { flags: ["--import", "tsx"], script: "agent-calls.ts" },
  inventory: { flags: ["--expose-gc", "--import", "tsx"], script: "inventory.ts" },
  form: { flags: [], script: "form.mjs" },
  list: { flags: [], script: "list.mjs" },
  winrm: { flags: ["--import", "tsx"], script: "winrm.ts" },
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in BENCHES));
if (unknown.length > 0) fail(`There is no bench ${unknown.join(", ")}: ${Object.keys(BENCHES).join(", ")}.`);
const chosen = Object.entries(BENCHES).filter(([name]) => named.length === 0 || named.includes(name));

await ensureInstalled();
if (chosen.some(([name]) => name === "agent-calls")) {
  const problem = dotnetProblem();
  if (problem) fail(problem);
  await ensureEngineBuilt();
}
const failed = chosen.filter(([name, { flags, script }]) => {
  console.log(`\nbench: ${name}`);
  const args = [...flags, join(ROOT, "scripts", "bench", script)];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) fail(`These benches failed: ${failed.map(([name]) => name).join(", ")}.`);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
