import { test as base } from "@playwright/test";
import type { JobView } from "@/lib/domain/job";
import { Stack, type StackOptions } from "../../support/stack";
import { NewVmPage } from "./new-vm-page";

interface Fixtures {
  newVm: NewVmPage;
  /** Waits until the job has ended and gives it. */
  endOf: (jobId: string) => Promise<JobView>;
}

interface WorkerFixtures {
  stackOptions: StackOptions;
  stack: Stack;
}

/** Each worker has a whole AetherV of its own: simulated hosts and the production build. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  stackOptions: [{}, { scope: "worker", option: true }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await Stack.start(stackOptions);
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  newVm: async ({ page }, use) => use(new NewVmPage(page)),
  endOf: async ({ stack }, use) => use((jobId) => stack.endOf(jobId)),
});
