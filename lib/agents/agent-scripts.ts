import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AGENTS, type Agent } from "./agent-call";

/** What `cmd.exe`, and with it a WinRM command line, can hold. */
const MAX_COMMAND_LINE = 8191;

const COMMAND = "powershell.exe";
const SWITCHES = ["-NoLogo", "-NoProfile", "-NonInteractive", "-InputFormat", "None", "-EncodedCommand"];

/**
 * The agents as they travel with every call (docs/agent-protocol.md section 1). The command line is the
 * same for every call; what differs from one call to the next goes through stdin alone.
 */
export class AgentScripts {
  readonly command = COMMAND;
  readonly arguments: readonly string[];
  /** Of a process that serves one call after the other. */
  readonly warmArguments: readonly string[];
  readonly #common: string;
  readonly #entries: ReadonlyMap<Agent, string>;

  private constructor(
    bootstrap: string,
    warmBootstrap: string,
    common: string,
    entries: ReadonlyMap<Agent, string>,
  ) {
    this.arguments = [...SWITCHES, Buffer.from(bootstrap, "utf16le").toString("base64")];
    this.warmArguments = [...SWITCHES, Buffer.from(warmBootstrap, "utf16le").toString("base64")];
    this.#common = base64(common);
    this.#entries = new Map([...entries].map(([agent, script]) => [agent, base64(script)]));
  }

  /**
   * Reads `bootstrap.ps1`, `warm-bootstrap.ps1`, `common/*.ps1` and one script per agent.
   *
   * @throws Error naming the file that is missing, is not plain UTF-8, or makes the command line too long.
   */
  static load(directory: string): AgentScripts {
    const bootstrap = readBootstrap(join(directory, "bootstrap.ps1"));
    const warmBootstrap = readBootstrap(join(directory, "warm-bootstrap.ps1"));
    const common = listCommon(join(directory, "common")).map(readScript).join("");
    const entries = AGENTS.map((agent): [Agent, string] => [
      agent,
      readScript(join(directory, `${agent}.ps1`)),
    ]);
    return new AgentScripts(bootstrap, warmBootstrap, common, new Map(entries));
  }

  /** The three lines of stdin: common part, entry script, request. */
  stdin(agent: Agent, requestJson: string): Uint8Array {
    const lines = [this.#common, this.#entries.get(agent) ?? "", base64(requestJson)];
    return asLines(lines);
  }

  /** The two lines that a process which serves call after call begins with: common part, most calls. */
  warmStart(maxCalls: number): Uint8Array {
    return asLines([this.#common, base64(String(maxCalls))]);
  }

  /**
   * The three lines of one call to such a process.
   *
   * @param known the agents whose entry scripts the process has had
   */
  warmCall(agent: Agent, nonce: string, requestJson: string, known: ReadonlySet<Agent>): Uint8Array {
    const entry = known.has(agent) ? "" : (this.#entries.get(agent) ?? "");
    return asLines([`${nonce} ${agent}`, entry, base64(requestJson)]);
  }
}

function asLines(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
}

function listCommon(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".ps1"));
  if (names.length === 0)
    throw new Error(`${directory} holds no .ps1 file; the agents need their common part.`);
  return names.sort().map((name) => join(directory, name));
}

/** Fatal, and the byte order mark kept: a script goes out exactly as it stands in its file. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readScript(path: string): string {
  const bytes = readFileSync(path);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (error) {
    throw new Error(`${path} is not UTF-8.`, { cause: error });
  }
  if (text.startsWith("\uFEFF")) throw new Error(`${path} begins with a byte order mark; save it without.`);
  return text;
}

/** Comments and blank lines out: a character here costs almost three on the command line. */
function readBootstrap(path: string): string {
  const script = readScript(path);
  if (script.includes("<#")) throw new Error(`${path} must not hold block comments; use # lines.`);
  const lines = script
    .split(/\r?\n/)
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join("\n");
  const length = [COMMAND, ...SWITCHES, Buffer.from(lines, "utf16le").toString("base64")].join(" ").length;
  if (length > MAX_COMMAND_LINE) {
    throw new Error(
      `${path} makes a command line of ${length} characters; Windows takes ${MAX_COMMAND_LINE}. Shorten it.`,
    );
  }
  return lines;
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
