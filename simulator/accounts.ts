import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const accountSchema = z.strictObject({
  username: z.string(),
  password: z.string(),
  port: z.int(),
  http_port: z.int().default(0),
});
const fileSchema = z.record(z.string(), accountSchema);

/** How a simulated host is reached: the account that AetherV uses there, and its ports of the last run. */
export type Account = z.infer<typeof accountSchema>;

/** The accounts of a data directory, `accounts.json` (mode 0600), so that addresses outlive a restart. */
export class Accounts {
  readonly #file: string;
  readonly #accounts: Record<string, Account>;

  constructor(directory: string) {
    this.#file = path.join(directory, "accounts.json");
    this.#accounts = existsSync(this.#file)
      ? fileSchema.parse(JSON.parse(readFileSync(this.#file, "utf8")))
      : {};
  }

  /** The account of a host; a new one gets a random password. */
  get(host: string): Account {
    this.#accounts[host] ??= {
      username: "AETHERV",
      password: randomBytes(18).toString("base64url"),
      port: 0,
      http_port: 0,
    };
    return this.#accounts[host];
  }

  setPorts(host: string, port: number, httpPort: number): void {
    const account = this.get(host);
    account.port = port;
    account.http_port = httpPort;
  }

  save(): void {
    writeFileSync(this.#file, `${JSON.stringify(this.#accounts, null, 2)}\n`, { mode: 0o600 });
  }
}
