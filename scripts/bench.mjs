/**
 * `npm run bench`: how long one agent call takes on each engine, cold and warm, and what the New VM form
 * costs in the browser. Prints; asserts nothing.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureEngineBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { dotnetProblem } from "./support/requirements.mjs";

const problem = dotnetProblem();
if (problem) {
  console.error(problem);
  process.exit(1);
}
await ensureInstalled();
await ensureEngineBuilt();
const statuses = [
  ["--import", "tsx", join(ROOT, "scripts", "bench", "agent-calls.ts")],
  [join(ROOT, "scripts", "bench", "form.mjs")],
].map((command) => spawnSync(process.execPath, command, { cwd: ROOT, stdio: "inherit" }).status);
process.exit(statuses.every((status) => status === 0) ? 0 : 1);
