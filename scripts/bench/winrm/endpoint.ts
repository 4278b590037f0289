/**
 * Simulated hosts in a process of their own, which the clients under measurement do not share. Sends the parent where
 * they are, and then, each time it is asked, what they have seen on the wire since the last time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, ProcessStartError } from "@/simulator/engine";
import { issueServerCertificate, openAuthority } from "@/simulator/tls/certificates";
import { WinrmEndpoint } from "@/simulator/winrm/endpoint";
import { QUOTA_PRESETS } from "@/simulator/winrm/quotas";

export interface Announcement {
  https: string[];
  http: string[];
  ca: string;
}

/** Requests by operation, over all hosts. */
export type Requests = Record<string, number>;

const PIECE = Buffer.alloc(64 * 1024, "0123456789abcde\n");

/** Programs that take no time of their own: what is measured is the way to them. */
const engine: Engine = {
  async run(_host, { command, arguments: args }, { stdin, stdout }) {
    switch (command) {
      case "hello.exe":
        stdout(Buffer.from("hello\r\n"));
        return 0;
      case "flood.exe":
        for (let left = Number(args[0]); left > 0; left -= PIECE.length) stdout(PIECE.subarray(0, left));
        return 0;
      case "count.exe": {
        let size = 0;
        for await (const chunk of stdin) size += chunk.length;
        stdout(Buffer.from(String(size)));
        return 0;
      }
      case "answer.exe":
        for await (const _ of stdin) stdout(Buffer.from("hello\r\n"));
        return 0;
      default:
        throw new ProcessStartError(2147942402, "The file was not found.");
    }
  },
};

async function main(hosts: number, username: string, password: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "aetherv-bench-"));
  process.once("disconnect", () => {
    rmSync(directory, { recursive: true });
    process.exit();
  });
  const authority = await openAuthority(directory);
  const certificate = await issueServerCertificate(authority, "localhost");
  const endpoints = Array.from({ length: hosts }, (_, index) => {
    const credentials = { username, password };
    const quotas = QUOTA_PRESETS.documented;
    return new WinrmEndpoint({ host: `hv${index}`, certificate, credentials, engine, quotas });
  });
  for (const endpoint of endpoints) await endpoint.powerOn(0, 0);
  const total = (): Requests => {
    const sum: Requests = {};
    for (const endpoint of endpoints) {
      const { requests, open_shells } = endpoint.wireRecord();
      if (open_shells > 0) throw new Error(`${open_shells} shells were left open.`);
      for (const [name, count] of Object.entries(requests)) sum[name] = (sum[name] ?? 0) + count;
    }
    return sum;
  };
  let before = total();
  process.on("message", () => {
    const now = total();
    const since = Object.entries(now).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
    before = now;
    process.send?.(Object.fromEntries(since.filter(([, count]) => count > 0)));
  });
  const announcement: Announcement = {
    https: endpoints.map((endpoint) => `${endpoint.address}/wsman`),
    http: endpoints.map((endpoint) => `${endpoint.httpAddress}/wsman`),
    ca: authority.file,
  };
  process.send?.(announcement);
}

const [hosts = "1", username = "", password = ""] = process.argv.slice(2);
await main(Number(hosts), username, password);
