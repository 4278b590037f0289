import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The tests of the agents (`npm run test:agents`): apart from the others, since they need the PowerShell engine. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["tests/agents/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
