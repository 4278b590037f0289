import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const accountSchema = z.strictObject({ username: z.string(), password: z.string(), port: z.int() });
const fileSchema = z.record(z.string(), accountSchema);

/** How a simulated host is reached: the account that AetherV uses there, and its port of the last run. */
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
    };
    return this.#accounts[host];
  }

  setPort(host: string, port: number): void {
    this.get(host).port = port;
  }

  save(): void {
    writeFileSync(this.#file, `${JSON.stringify(this.#accounts, null, 2)}\n`, { mode: 0o600 });
  }
}
