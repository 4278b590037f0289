/** One task of the bench with this project's client: a {@link Task} on stdin, a {@link TaskResult} on stdout. */
import { readFileSync } from "node:fs";
import { WinrmClient } from "@/lib/winrm/client";
import type { RemoteProcess } from "@/lib/winrm/shell/process";
import type { Task, TaskResult } from "./tasks";

const task = JSON.parse(readFileSync(0, "utf8")) as Task;
const ca = readFileSync(task.ca, "utf8");

function connect(url: string): WinrmClient {
  const { authentication, username, password } = task;
  return new WinrmClient({
    url,
    authentication,
    username,
    password: { reveal: () => password },
    tls: { ca },
  });
}

/** Reads all that a process writes; gives its size in bytes. */
async function readAll(running: RemoteProcess): Promise<number> {
  let size = 0;
  for await (const { bytes } of running.output()) size += bytes.length;
  return size;
}

/** From nothing to the output of a command, and nothing left on the host. */
async function once(url: string): Promise<void> {
  const client = connect(url);
  const shell = await client.openShell();
  await readAll(await shell.start({ command: "hello.exe" }));
  await shell.close();
  client.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function repeated(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < count; run += 1) times.push(await timed(work));
  return times;
}

async function measure({ scenario, urls, count }: Task): Promise<number[]> {
  const [url = ""] = urls;
  if (scenario === "cold") return repeated(count, () => once(url));
  if (scenario === "hosts") return [await timed(() => Promise.all(urls.map(once)))];
  const client = connect(url);
  const shell = await client.openShell();
  try {
    switch (scenario) {
      case "command":
        return await repeated(count, async () => {
          const running = await shell.start({ command: "hello.exe" });
          await readAll(running);
          await running.terminate();
        });
      case "warm": {
        const running = await shell.start({ command: "answer.exe" });
        const output = running.output();
        return await repeated(count, async () => {
          await running.write(Buffer.from("hello?\n"));
          await output.next();
        });
      }
      case "stdin": {
        const stdin = Buffer.alloc(task.bytes, "x");
        return [await timed(() => shell.run({ command: "count.exe", stdin }))];
      }
      case "stdout":
        return [
          await timed(async () => {
            const size = await readAll(
              await shell.start({ command: "flood.exe", arguments: [String(task.bytes)] }),
            );
            if (size !== task.bytes) throw new Error(`${size} bytes came instead of ${task.bytes}.`);
          }),
        ];
    }
  } finally {
    await shell.close();
    client.close();
  }
}

async function main(): Promise<void> {
  const times = await measure(task);
  const result: TaskResult = { times, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(JSON.stringify(result));
}

void main();
