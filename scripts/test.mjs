/**
 * `npm test`: everything. Names what this machine lacks and fails; then checks, builds, and runs the
 * unit and integration tests, the agents' tests and the browser tests. Ends with the counts of all of them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, ensureEngineBuilt, ensureInstalled, ROOT } from "./support/project.mjs";
import { missingForTests } from "./support/requirements.mjs";

const missing = missingForTests();
if (missing.length > 0) {
  console.error(`The tests need what this machine lacks:\n${missing.map((line) => `- ${line}`).join("\n")}`);
  process.exit(1);
}

await ensureInstalled();
if (!succeeds(process.execPath, [join(ROOT, "scripts", "check.mjs")])) process.exit(1);
await ensureBuilt();
await ensureEngineBuilt();

const reports = mkdtempSync(join(tmpdir(), "aetherv-reports-"));
const totals = { passed: 0, failed: 0 };
let runnersSucceeded = true;

const vitestCounts = (report) => ({
  passed: report.numPassedTests,
  failed: report.numTotalTests - report.numPassedTests,
});

runTests(
  bin("vitest"),
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${join(reports, "vitest.json")}`],
  { report: "vitest.json", counts: vitestCounts },
);
runTests(
  process.execPath,
  [join(ROOT, "scripts", "test-agents.mjs"), "--report", join(reports, "agents.json")],
  { report: "agents.json", counts: vitestCounts },
);
runTests(bin("playwright"), ["test", "--reporter=list,json"], {
  report: "playwright.json",
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "playwright.json") },
  counts: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }),
});

rmSync(reports, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(runnersSucceeded && totals.failed === 0 && totals.passed > 0 ? 0 : 1);

/** A test that was skipped counts as failed: nothing here may skip. */
function runTests(command, args, { report, counts, env = {} }) {
  const ok = succeeds(command, args, env);
  runnersSucceeded &&= ok;
  const path = join(reports, report);
  if (!existsSync(path)) {
    totals.failed += 1;
    return;
  }
  const { passed, failed } = counts(JSON.parse(readFileSync(path, "utf8")));
  totals.passed += passed;
  totals.failed += failed;
}

function bin(name) {
  return join(ROOT, "node_modules", ".bin", name);
}

function succeeds(command, args, env = {}) {
  return (
    spawnSync(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } }).status === 0
  );
}
