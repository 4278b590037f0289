import { expect, test } from "vitest";
import { EnginePool, type PooledProcess } from "./pool";

class TestProcess implements PooledProcess {
  readonly version = { engine: "test", version: "1" };
  isAlive = true;
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  async kill(): Promise<void> {
    this.isAlive = false;
  }
}

/** A pool whose processes start when they are told to. */
async function createPool() {
  const processes: TestProcess[] = [];
  const starts: { succeed(): Promise<void>; fail(): Promise<void> }[] = [];
  const make = () => {
    const process = new TestProcess(processes.length);
    processes.push(process);
    return process;
  };
  let isFirst = true;
  const pool = await EnginePool.start<TestProcess>(() => {
    if (isFirst) {
      isFirst = false;
      return Promise.resolve(make());
    }
    return new Promise((resolve, reject) => {
      starts.push({
        succeed: () => settled(() => resolve(make())),
        fail: () => settled(() => reject(new Error("no engine"))),
      });
    });
  });
  return { pool, processes, starts };
}

/** A script that runs until it is told to end. */
function run(pool: EnginePool<TestProcess>) {
  let end: () => void = () => undefined;
  let on: TestProcess | null = null;
  const ended = pool.with(async (process) => {
    on = process;
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return process.number;
  });
  return { end: () => settled(end), on: () => on?.number ?? null, process: () => on, ended };
}

async function settled(action: () => void = () => undefined): Promise<void> {
  action();
  await new Promise((resolve) => setImmediate(resolve));
}

test("one is ready before it is asked for, and a spare one is started when it is taken", async () => {
  const { pool, starts } = await createPool();
  expect(starts).toHaveLength(0);
  const first = run(pool);
  await settled();
  expect(first.on()).toBe(0);
  expect(starts).toHaveLength(1);
  await starts[0]?.succeed();
  const second = run(pool);
  await settled();
  expect(second.on()).toBe(1);
});

test("who waits gets the first that is given back or started, in turn", async () => {
  const { pool, starts } = await createPool();
  const runs = [run(pool), run(pool), run(pool)];
  await settled();
  expect(runs.map(({ on }) => on())).toEqual([0, null, null]);
  await runs[0]?.end();
  expect(runs.map(({ on }) => on())).toEqual([0, 0, null]);
  await starts[0]?.succeed();
  expect(runs.map(({ on }) => on())).toEqual([0, 0, 1]);
});

test("a crowd does not start more than two at a time", async () => {
  const { pool, starts } = await createPool();
  const runs = Array.from({ length: 10 }, () => run(pool));
  await settled();
  expect(starts).toHaveLength(2);
  await starts[0]?.succeed();
  expect(starts).toHaveLength(3);
  expect(runs.filter(({ on }) => on() !== null)).toHaveLength(2);
});

test("one that died, at work or idle, is not used again", async () => {
  const { pool, starts } = await createPool();
  const first = run(pool);
  await settled();
  await starts[0]?.succeed();
  await first.process()?.kill();
  await first.end();
  const second = run(pool);
  await settled();
  expect(second.on()).toBe(1);
  await second.end();
  await second.process()?.kill();
  const third = run(pool);
  await settled();
  expect(third.on()).toBeNull();
  await starts.at(-1)?.succeed();
  expect(third.on()).not.toBeNull();
});

test("who waits for one that cannot be started is told, and the next may have more luck", async () => {
  const { pool, starts } = await createPool();
  const runs = [run(pool), run(pool)];
  await settled();
  const told = expect(runs[1]?.ended).rejects.toThrow("no engine");
  await starts[0]?.fail();
  await told;
  const third = run(pool);
  await settled();
  await starts.at(-1)?.succeed();
  expect(third.on()).toBe(1);
});

test("few are kept when they have nothing to do, and none when the pool is closed", async () => {
  const { pool, processes, starts } = await createPool();
  const runs = Array.from({ length: 8 }, () => run(pool));
  await settled();
  for (let started = 0; started < starts.length && processes.length < 9; started += 1) {
    await starts[started]?.succeed();
  }
  for (const { end } of runs) await end();
  expect(processes.filter(({ isAlive }) => isAlive)).toHaveLength(4);
  const known = starts.length;
  const last = Array.from({ length: 5 }, () => run(pool));
  await settled();
  const refused = expect(last[4]?.ended).rejects.toThrow("closed");
  const closed = pool.close();
  for (const start of starts.slice(known)) await start.succeed();
  await Promise.all([closed, refused]);
  expect(processes.filter(({ isAlive }) => isAlive)).toHaveLength(0);
});
