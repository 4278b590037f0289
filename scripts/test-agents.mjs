/**
 * `npm run test:agents`: the agents under a real PowerShell engine and under the one that stands in for
 * them: contract, hygiene, and agents that are broken on purpose. Prints which engine ran how many calls.
 * `--report <file>` writes vitest's JSON report there.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureEngineBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { dotnetProblem, nodeVersionProblem } from "./support/requirements.mjs";

const ENGINES = ["node", "powershell"];

const { values } = parseArgs({ options: { report: { type: "string" } } });
for (const problem of [nodeVersionProblem(), dotnetProblem()]) {
  if (problem) fail(problem);
}
await ensureInstalled();
await ensureEngineBuilt().catch((error) =>
  fail(`The PowerShell engine could not be built. ${error.message}`),
);

const directory = mkdtempSync(join(tmpdir(), "aetherv-agent-calls-"));
const counts = join(directory, "calls.jsonl");
const reporters = values.report
  ? ["--reporter=default", "--reporter=json", `--outputFile.json=${values.report}`]
  : ["--reporter=default"];
const { status } = spawnSync(
  join(ROOT, "node_modules", ".bin", "vitest"),
  ["run", "--config", "vitest.agents.config.ts", ...reporters],
  { cwd: ROOT, stdio: "inherit", env: { ...process.env, AETHERV_AGENT_CALLS: counts } },
);

const lines = existsSync(counts) ? readFileSync(counts, "utf8").trimEnd().split("\n") : [];
rmSync(directory, { recursive: true });
const ran = lines.map((line) => JSON.parse(line));
for (const engine of ENGINES) {
  const own = ran.filter((entry) => entry.engine === engine);
  const calls = own.reduce((sum, entry) => sum + entry.calls, 0);
  const versions = [...new Set(own.map(({ version }) => version))].join(", ");
  if (calls === 0) fail(`The ${engine} engine ran no agent call.`);
  console.log(`The ${engine} engine (${versions}) ran ${calls} agent calls.`);
}
process.exit(status ?? 1);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
