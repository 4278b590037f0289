import { invalidParameterFault, quotaFault, shellNotFoundFault } from "./fault";
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
    const { shells: limit } = this.#quotas;
    if (this.#shells.size >= limit) {
      throw quotaFault(
        2150859173,
        `The WS-Management service cannot process the request. This user is allowed a maximum number of ${limit} concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user. `,
      );
    }
    if (settings.id !== null && this.#shells.has(settings.id)) throw invalidParameterFault();
    const shell = new Shell(settings, (idle) => this.delete(idle.id));
    this.#shells.set(shell.id, shell);
    return shell;
  }

  /** The shell with that id; its idle timeout starts anew. */
  get(shellId: string): Shell {
    const shell = this.#shells.get(shellId.toUpperCase());
    if (shell === undefined) throw shellNotFoundFault(shellId);
    shell.touch();
    return shell;
  }

  /** Counts one more operation for the user, or refuses it. */
  countOperation(shell: Shell): void {
    const { operations, processesPerShell } = this.#quotas;
    const used = [...this.#shells.values()].reduce((sum, other) => sum + other.operations, 0);
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

  delete(shellId: string): void {
    const shell = this.get(shellId);
    this.#shells.delete(shell.id);
    shell.close();
  }

  /** The host loses power: every process ends. */
  closeAll(): void {
    for (const shell of this.#shells.values()) shell.close();
    this.#shells.clear();
  }
}
