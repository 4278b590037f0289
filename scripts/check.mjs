/** `npm run check`: types, lint, format and import boundaries. Every check runs; one failure fails all. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./support/project.mjs";

const CHECKS = [
  ["route types", "next", ["typegen"]],
  ["API types", "tsx", ["scripts/api-types.ts"]],
  ["types", "tsc", ["--noEmit"]],
  ["lint and format", "biome", ["check", "--error-on-warnings", "."]],
  ["import boundaries", "vitest", ["run", "tests/unit/boundaries.test.ts"]],
];

const failed = CHECKS.filter(([name, command, args]) => {
  console.log(`check: ${name}`);
  const result = spawnSync(join(ROOT, "node_modules", ".bin", command), args, {
    cwd: ROOT,
    stdio: "inherit",
  });
  return result.status !== 0;
}).map(([name]) => name);

if (failed.length > 0) {
  console.error(`check failed: ${failed.join(", ")}`);
  process.exit(1);
}
