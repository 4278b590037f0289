import { createHash, timingSafeEqual } from "node:crypto";

/** Name and password of an account. */
export interface Credentials {
  username: string;
  password: string;
}

export interface LocalAccount extends Credentials {
  /** Whether it may open shells, as administrators and Remote Management Users may; true if left out. */
  mayOpenShells?: boolean;
}

/** The accounts that a simulated host knows. Names are compared without regard to case, as Windows does. */
export class LocalAccounts {
  readonly #accounts: readonly LocalAccount[];

  constructor(accounts: readonly LocalAccount[]) {
    this.#accounts = accounts;
  }

  /** The account of that name, with or without the host or domain before it (`HV01\name`). */
  find(name: string): LocalAccount | undefined {
    const own = name.slice(name.lastIndexOf("\\") + 1).toLowerCase();
    return this.#accounts.find(({ username }) => username.toLowerCase() === own);
  }

  /** The account with these credentials. The time that it takes tells nothing about the password. */
  verify(name: string, password: string): LocalAccount | undefined {
    const account = this.find(name);
    const isRight = timingSafeEqual(digest(password), digest(account?.password ?? ""));
    return isRight ? account : undefined;
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
