import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answer,
  commandResponse,
  created,
  type Seen,
  WinrmDouble,
  wsmanFault,
} from "@/tests/support/winrm-double";
import { WinrmClient } from "../client";
import { ShellPool } from "./shell-pool";

let host: WinrmDouble;
let client: WinrmClient;

beforeEach(async () => {
  host = await WinrmDouble.start();
  const password = { reveal: () => "x" };
  client = new WinrmClient({ url: host.url, username: "admin", password, tls: { ca: host.ca } });
});

afterEach(async () => {
  client.close();
  await host.stop();
});

const quota = (seen: Seen) => answer(seen, wsmanFault(2150859173, "QuotaLimit", "too many shells"), 500);
const operations = (seen: Seen) => answer(seen, wsmanFault(2150859174, "QuotaLimit", "1500"), 500);
const gone = (seen: Seen) => answer(seen, wsmanFault(2150858843, "InvalidSelectors", "gone"), 500);

/** Answers the first so many requests otherwise than the double does by itself. */
function first(count: number, operation: "Create" | "Command" | "Delete", reply: (seen: Seen) => void): void {
  host.on(operation, (seen) => {
    if (host.count(operation) <= count) reply(seen);
    else if (operation === "Create") answer(seen, created());
    else if (operation === "Command") answer(seen, commandResponse());
    else answer(seen, "");
  });
}

describe("a pool of shells", () => {
  it("uses a shell again, until it has had its number of processes", async () => {
    const pool = new ShellPool(client, { maxOperations: 2 });
    for (let n = 0; n < 4; n++) await pool.giveBack((await pool.start({ command: "a.exe" })).shell);
    expect(host.operations).toEqual([
      ...["Create", "Command", "Command", "Delete"],
      ...["Create", "Command", "Command", "Delete"],
    ]);
    await pool.close();
  });

  it("waits for room where the quota of shells is used up", async () => {
    first(2, "Create", quota);
    const pool = new ShellPool(client);
    await pool.start({ command: "a.exe" });
    expect(host.operations).toEqual(["Create", "Create", "Create", "Command"]);
    await pool.close();
  });

  it("says that a quota is used up, and not that it was given up, when the waiting is ended", async () => {
    const abort = new AbortController();
    host.on("Create", (seen) => {
      quota(seen);
      if (host.count("Create") === 2) abort.abort();
    });
    const starting = new ShellPool(client).start({ command: "a.exe", signal: abort.signal });
    await expect(starting).rejects.toMatchObject({ sent: false });
    expect(host.count("Command")).toBe(0);
  });

  it.each([
    ["whose operations are used up", operations],
    ["that is gone", gone],
  ])("starts a process in another shell in place of one %s", async (_, refusal) => {
    const pool = new ShellPool(client);
    await pool.giveBack((await pool.start({ command: "a.exe" })).shell);
    first(2, "Command", refusal);
    await pool.start({ command: "b.exe" });
    expect(host.operations).toEqual(["Create", "Command", "Command", "Delete", "Create", "Command"]);
    await pool.close();
  });

  it("does not start anew what may have been started", async () => {
    host.on("Command", ({ request }) => void request.socket.destroy());
    const pool = new ShellPool(client);
    await expect(pool.start({ command: "a.exe" })).rejects.toMatchObject({
      kind: "contact_lost",
      sent: true,
    });
    expect(host.operations).toEqual(["Create", "Command", "Delete"]);
    expect(pool.size).toBe(0);
  });

  it("deletes a shell that nobody uses", async () => {
    const pool = new ShellPool(client, { idleMs: 1 });
    const deleted = new Promise<void>((resolve) => {
      host.on("Delete", (seen) => {
        answer(seen, "");
        resolve();
      });
    });
    await pool.giveBack((await pool.start({ command: "a.exe" })).shell);
    await deleted;
    expect(pool.size).toBe(0);
    await pool.close();
  });

  it("asks again for what the host did not confirm to have deleted, once it answers", async () => {
    first(2, "Delete", ({ request }) => void request.socket.destroy());
    const pool = new ShellPool(client);
    const { shell } = await pool.start({ command: "a.exe" });
    await pool.discard(shell);
    expect(host.count("Delete")).toBe(2);
    await pool.close();
    expect(host.count("Delete")).toBe(3);
  });

  it("deletes every shell when it is closed, those in use and those under way too, and opens no more", async () => {
    const pool = new ShellPool(client);
    await pool.start({ command: "a.exe" });
    await pool.giveBack((await pool.start({ command: "b.exe" })).shell);
    const late = pool.start({ command: "c.exe" });
    const outcome = late.then(
      () => "started",
      () => "refused",
    );
    await pool.close();
    await outcome;
    expect(host.count("Delete")).toBe(host.count("Create"));
    await expect(pool.start({ command: "d.exe" })).rejects.toMatchObject({ kind: "aborted", sent: false });
  });
});
