import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WinrmClient } from "@/lib/winrm/client";
import { WinrmError } from "@/lib/winrm/errors";
import type { Shell } from "@/lib/winrm/shell/shell";
import type { Engine } from "@/simulator/engine";
import type { FaultAction, FaultKind, PlannedFault } from "@/simulator/winrm/fault-plan";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";
import { eventually } from "@/tests/support/eventually";

const seed = Date.now() & 0x7fffffff;

/** Hosts, and so calls at the same time. */
const AT_ONCE = 12;
/** What a call may take at most. One that the host keeps waiting is aborted as soon as it waits. */
const DEADLINE_MS = 2500;
/** For ending a process and deleting its shell: 5 s, and as much again for a machine that is busy with other tests. */
const GRACE_MS = 10_000;

/** Reads its stdin to the end, gives it back, and counts how often it was started and what it was given. */
class EchoEngine implements Engine {
  started = 0;
  given = "";

  async run(
    _host: string,
    _start: Parameters<Engine["run"]>[1],
    io: Parameters<Engine["run"]>[2],
  ): Promise<number> {
    this.started += 1;
    for await (const chunk of io.stdin) {
      this.given += Buffer.from(chunk).toString();
      io.stdout(chunk);
    }
    return 0;
  }
}

type Authentication = "basic" | "ntlm";
type Plan = Pick<PlannedFault, "kind"> & Partial<PlannedFault>;

interface Outcome {
  error: unknown;
  isOpened: boolean;
  elapsedMs: number;
  stdout: string;
  /** Requests by operation that the host received for this call, and the faults by kind that it met. */
  requests: Record<string, number>;
  faults: Record<string, number>;
}

const STDIN = "give this back";

/** A host that one call at a time has for itself. */
class Rig {
  engine = new EchoEngine();
  readonly host: TestHost;

  private constructor(host: TestHost) {
    this.host = host;
  }

  static async start(): Promise<Rig> {
    const rig: Rig = new Rig(await startTestHost({ run: (...args) => rig.engine.run(...args) }));
    return rig;
  }

  /** One shell, one process with stdin and stdout, under a deadline; the shell is closed whatever happens. */
  async call(authentication: Authentication, plans: readonly Plan[], deadlineMs: number): Promise<Outcome> {
    const { endpoint } = this.host;
    this.engine = new EchoEngine();
    endpoint.faults.clear();
    for (const plan of plans) endpoint.faults.add({ nth: 1, times: 1, when: "before", delayMs: 0, ...plan });
    const before = endpoint.wireRecord();
    const started = performance.now();
    const ended = await this.#echo(authentication, deadlineMs);
    const elapsedMs = performance.now() - started;
    const after = endpoint.wireRecord();
    endpoint.faults.clear();
    const requests = difference(after.requests, before.requests);
    return { ...ended, elapsedMs, requests, faults: difference(after.faults, before.faults) };
  }

  async #echo(
    authentication: Authentication,
    deadlineMs: number,
  ): Promise<Pick<Outcome, "error" | "isOpened" | "stdout">> {
    const client = this.#connect(authentication);
    const stdout: Uint8Array[] = [];
    const { signal, done } = this.#deadline(deadlineMs);
    let error: unknown = null;
    let isOpened = false;
    try {
      const shell = await client.openShell({ signal });
      isOpened = true;
      try {
        const onStdout = (bytes: Uint8Array) => stdout.push(bytes);
        await shell.run({ command: "echo.exe", stdin: Buffer.from(STDIN), signal, onStdout });
      } finally {
        await this.#close(shell);
      }
    } catch (thrown) {
      error = thrown;
    } finally {
      done();
      client.close();
    }
    return { error, isOpened, stdout: Buffer.concat(stdout).toString() };
  }

  #deadline(deadlineMs: number): { signal: AbortSignal; done: () => void } {
    const waits = () => {
      const { slow = 0, dripping = 0 } = this.host.endpoint.wireRecord().faults;
      return slow + dripping;
    };
    const before = waits();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), deadlineMs);
    const watch = setInterval(() => waits() > before && abort.abort(), 50);
    const done = () => {
      clearTimeout(timer);
      clearInterval(watch);
    };
    return { signal: abort.signal, done };
  }

  /** A deletion that has failed says so, and can be asked for again once the host answers. */
  async #close(shell: Shell): Promise<void> {
    try {
      await shell.close();
    } catch (error) {
      expect(error).toBeInstanceOf(WinrmError);
      this.host.endpoint.faults.clear();
      await shell.close();
    }
  }

  #connect(authentication: Authentication): WinrmClient {
    const { endpoint, credentials, caFile } = this.host;
    const { username, password } = credentials;
    const address = authentication === "basic" ? endpoint.address : endpoint.httpAddress;
    return new WinrmClient({
      url: `${address}/wsman`,
      authentication,
      username,
      password: { reveal: () => password },
      tls: { ca: readFileSync(caFile, "utf8") },
      timeouts: { operationSeconds: 1, socketMs: 3000 },
    });
  }
}

function difference(after: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  );
}

const rigs: Rig[] = [];
const free: Rig[] = [];
beforeAll(async () => {
  rigs.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => Rig.start()))));
  free.push(...rigs);
});
afterAll(() => Promise.all(rigs.map((rig) => rig.host.close())));

/** Makes a call with these faults in its way, and checks what holds after every call, whatever they were. */
async function expectInOrder(
  authentication: Authentication,
  plans: readonly Plan[],
  deadlineMs = DEADLINE_MS,
): Promise<Outcome> {
  const rig = free.pop();
  if (rig === undefined) throw new Error("More calls at once than hosts for them.");
  const { endpoint } = rig.host;
  try {
    const outcome = await rig.call(authentication, plans, deadlineMs);
    await checkOrder(authentication, outcome, rig, deadlineMs);
    return outcome;
  } finally {
    if (endpoint.wireRecord().open_shells > 0) {
      await endpoint.powerOff();
      await endpoint.powerOn();
    }
    free.push(rig);
  }
}

async function checkOrder(
  authentication: Authentication,
  outcome: Outcome,
  { engine, host: { endpoint } }: Rig,
  deadlineMs: number,
): Promise<void> {
  const { error, isOpened, elapsedMs, requests, faults, stdout } = outcome;
  if (error === null) expect(stdout).toBe(STDIN);
  else expect(error).toBeInstanceOf(WinrmError);
  expect(elapsedMs).toBeLessThan(deadlineMs + GRACE_MS);
  // The host did nothing with what it answers so, and the client may know that.
  const refused = authentication === "ntlm" ? (faults.unauthorized ?? 0) + (faults.context_lost ?? 0) : 0;
  expect(engine.started).toBeLessThanOrEqual(1);
  expect(["", STDIN]).toContain(engine.given);
  for (const operation of ["Create", "Command", "Send"]) {
    expect(requests[operation] ?? 0).toBeLessThanOrEqual(1 + refused);
  }
  if (error instanceof WinrmError && !error.sent) expect(engine.started).toBe(0);
  const left = () => endpoint.wireRecord();
  // Where the answer to Create was lost and that to its Delete, too, only the shell's idle timeout is left.
  const met = Object.values(faults).reduce((sum, count) => sum + count, 0);
  if (!isOpened && met > 1) return;
  await eventually(() => left().open_shells === 0, "the last shell to be deleted", 5000);
  expect(left().running_processes).toBe(0);
}

const OPERATIONS = ["Create", "Command", "Send", "Receive", "Signal", "Delete"] as const;

/** Every way in which an exchange can go wrong. */
const WAYS: readonly Plan[] = [
  { kind: "reset", when: "before" },
  { kind: "reset", when: "after" },
  { kind: "half_close", when: "before" },
  { kind: "half_close", when: "after" },
  { kind: "cut_off" },
  { kind: "truncated" },
  { kind: "slow", delayMs: 60_000 },
  { kind: "dripping", delayMs: 200 },
  { kind: "unauthorized" },
  { kind: "too_large" },
  { kind: "empty_500" },
  { kind: "fault" },
  { kind: "quota" },
  { kind: "timed_out" },
  { kind: "context_lost" },
  { kind: "wrong_relates_to" },
];

describe.each(["basic", "ntlm"] as const)("over %s", (authentication) => {
  it.each(OPERATIONS)(
    "%s gone wrong in every way ends in time, runs once and leaves no shell",
    async (action) => {
      await allAtOnce(WAYS, async (way) => {
        const { faults } = await expectInOrder(authentication, [{ ...way, action }]);
        expect(faults[way.kind]).toBeGreaterThan(0);
      });
    },
  );
});

it("a leg of the handshake gone wrong ends likewise", async () => {
  const kinds: FaultKind[] = ["reset", "half_close", "unauthorized", "too_large", "empty_500", "slow"];
  const legs = kinds.flatMap((kind) => [1, 2, 3].map((nth): Plan => ({ kind, nth, delayMs: 60_000 })));
  await allAtOnce(legs, (leg) => expectInOrder("ntlm", [{ ...leg, action: "Handshake" }]));
});

it("so does a wrong signature on a sealed answer", async () => {
  await allAtOnce(OPERATIONS, (action) => expectInOrder("ntlm", [{ kind: "wrong_signature", action }]));
});

it("TimedOut a thousand times in a row on Receive is polled through", async () => {
  const plan: Plan = { kind: "timed_out", action: "Receive", times: 1000 };
  const { error, requests } = await expectInOrder("basic", [plan], 60_000);
  expect(error).toBeNull();
  expect(requests.Receive).toBeGreaterThan(1000);
});

it("TimedOut for ever on Receive ends with the caller's deadline", async () => {
  const plan: Plan = { kind: "timed_out", action: "Receive", times: null };
  const { error } = await expectInOrder("basic", [plan], 1000);
  expect(error).toMatchObject({ kind: "aborted", sent: true });
});

it(`whatever goes wrong where, once or often: 240 calls (seed ${seed})`, async () => {
  const fault = fc.record({
    way: fc.constantFrom(...WAYS),
    action: fc.constantFrom<FaultAction>(...OPERATIONS, "Handshake"),
    nth: fc.constantFrom(1, 1, 1, 2, 3),
    times: fc.constantFrom(1, 2),
  });
  const plans = fc
    .array(fault, { minLength: 1, maxLength: 3 })
    .map((list) => list.map(({ way, ...rest }): Plan => ({ ...way, ...rest })));
  const drawn = fc.sample(fc.tuple(fc.constantFrom<Authentication>("basic", "ntlm"), plans), {
    seed,
    numRuns: 240,
  });
  await allAtOnce(drawn, ([authentication, list]) => expectInOrder(authentication, list));
});

/** As many at once as there are hosts. A failure names what it was about. */
async function allAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = [...items];
  const failures: Error[] = [];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && failures.length === 0; item = left.shift()) {
      await work(item).catch((cause: unknown) => {
        failures.push(new Error(`${JSON.stringify(item)}: ${String(cause)}`, { cause }));
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures[0] !== undefined) throw failures[0];
}
