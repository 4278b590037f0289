import { accessDeniedFault, invalidParameterFault, quotaFault, shellNotFoundFault } from "./fault";
import type { Quotas } from "./quotas";
import { Shell, type ShellSettings } from "./shell";

/** The open shells of one host, within its quotas. */
export class ShellTable {
  readonly #shells = new Map<string, Shell>();
  readonly #quotas: Quotas;

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
  }

  get size(): number {
    return this.#shells.size;
  }

  get runningProcesses(): number {
    return [...this.#shells.values()].reduce((sum, shell) => sum + shell.runningProcesses, 0);
  }

  create(settings: ShellSettings): Shell {
    const { shells, users } = this.#quotas;
    const { owner } = settings;
    if (this.#of(owner).length >= shells) {
      throw quotaFault(
        2150859173,
        `The WS-Management service cannot process the request. This user is allowed a maximum number of ${shells} concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user. `,
      );
    }
    const owners = new Set([...this.#shells.values()].map((shell) => shell.settings.owner));
    if (!owners.has(owner) && owners.size >= users) {
      throw quotaFault(
        2150859179,
        `The WS-Management service cannot process the request. The maximum number of ${users} users who concurrently perform shell operations has been exceeded. Retry later or raise the quota for concurrent shell users. `,
      );
    }
    if (settings.id !== null && this.#shells.has(settings.id)) throw invalidParameterFault();
    const memoryBytes = this.#quotas.memoryPerShellMb * 1024 * 1024;
    const shell = new Shell(settings, memoryBytes, (idle) => this.#remove(idle));
    this.#shells.set(shell.id, shell);
    return shell;
  }

  /** The user's shell with that id; its idle timeout starts anew. */
  get(shellId: string, user: string): Shell {
    const shell = this.#shells.get(shellId.toUpperCase());
    if (shell === undefined) throw shellNotFoundFault(shellId);
    if (shell.settings.owner !== user) throw accessDeniedFault();
    shell.touch();
    return shell;
  }

  /** Counts one more operation for the user, or refuses it. */
  countOperation(shell: Shell): void {
    const { operations, processesPerShell } = this.#quotas;
    const used = this.#of(shell.settings.owner).reduce((sum, other) => sum + other.operations, 0);
    if (used >= operations) {
      throw quotaFault(
        2150859174,
        `The WS-Management service cannot process the request. This user is allowed a maximum number of ${operations} concurrent operations, which has been exceeded. Close existing operations for this user, or raise the quota for this user. `,
      );
    }
    if (shell.runningProcesses >= processesPerShell) {
      throw quotaFault(
        2150859241,
        `The WS-Management service cannot process the request. The maximum number of ${processesPerShell} concurrent commands in one shell has been exceeded. `,
      );
    }
    shell.operations += 1;
  }

  delete(shellId: string, user: string): void {
    this.#remove(this.get(shellId, user));
  }

  /** The host loses power: every process ends. */
  closeAll(): void {
    for (const shell of this.#shells.values()) shell.close();
    this.#shells.clear();
  }

  #of(owner: string): Shell[] {
    return [...this.#shells.values()].filter((shell) => shell.settings.owner === owner);
  }

  #remove(shell: Shell): void {
    this.#shells.delete(shell.id);
    shell.close();
  }
}
