/** `npm run bench`: how long one agent call takes on each engine, cold and warm. Prints; asserts nothing. */
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
const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", join(ROOT, "scripts", "bench", "agent-calls.ts")],
  { cwd: ROOT, stdio: "inherit" },
);
process.exit(status ?? 1);
