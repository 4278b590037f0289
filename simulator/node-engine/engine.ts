import type { CallRecords } from "../agent-calls/call-record";
import { endLine } from "../agent-calls/end-line";
import { type AgentResult, EventWriter } from "../agent-calls/event-writer";
import { HeldOutput } from "../agent-calls/held-output";
import { decodeLine, inputLines } from "../agent-calls/input-lines";
import { CLIXML_PROGRESS, FOREIGN_LINES } from "../agent-calls/noise";
import { isPowerShell, readPowerShellCommand } from "../agent-calls/powershell-command";
import { type AgentRequest, parseRequest } from "../agent-calls/request";
import { type Engine, type ProcessIo, ProcessStartError } from "../engine";
import { Interrupted } from "../host/clock";
import { DURATION } from "../host/durations";
import { type Fault, hasCondition } from "../host/faults";
import type { Fleet } from "../host/fleet";
import { HyperVError } from "../host/hyperv-error";
import type { Host } from "../host/model";
import { type AgentOutputs, createContext } from "./agent-context";
import { AgentError } from "./agent-error";
import { MODULE_MISSING } from "./host-agent";
import { OPERATIONS } from "./operations";
import type { AgentName, KnownScripts } from "./scripts";
import { readRequestLines, takeLines } from "./stdin";

/** Win32 `ERROR_FILE_NOT_FOUND` as an HRESULT. */
const FILE_NOT_FOUND = 2147942402;
/** Exit code of a process that was terminated (`STATUS_CONTROL_C_EXIT`). */
const TERMINATED = 0xc000013a | 0;
/** Of a powershell.exe with Hyper-V's module loaded. */
const WORKING_SET_BYTES = 120_000_000;
const UNREADABLE_REQUEST = Buffer.from(
  "The agent could not read its request: it is not a JSON object.\n",
  "latin1",
);

/**
 * The engine of `--engine node`: it executes nothing, but recognises the agents by their hashes and does what
 * they would do to the fleet's state.
 */
export function createNodeEngine(fleet: Fleet, scripts: KnownScripts, calls: CallRecords): Engine {
  return {
    run: async (hostName, start, io) => {
      const host = fleet.hosts.get(hostName);
      const command = isPowerShell(start.command) ? readPowerShellCommand(start.arguments) : null;
      if (host === undefined || !command?.isEncoded) {
        throw new ProcessStartError(FILE_NOT_FOUND, "The system cannot find the file specified.");
      }
      try {
        return await runPowerShell({ fleet, host, scripts, calls, io }, command.script);
      } catch (error) {
        if (error instanceof Interrupted) return TERMINATED;
        throw error;
      }
    },
  };
}

interface Run {
  fleet: Fleet;
  host: Host;
  scripts: KnownScripts;
  calls: CallRecords;
  io: ProcessIo;
}

async function runPowerShell(run: Run, script: string): Promise<number> {
  const { fleet, scripts, io } = run;
  await fleet.clock.wait(DURATION.powershellStart, io.signal);
  const input = inputLines(io.stdin);
  if (scripts.isWarmBootstrap(script)) return serveCalls(run, input);
  if (!scripts.isBootstrap(script)) return refuse(io, "the encoded command is no bootstrap of agents/");
  const lines = await readRequestLines(input);
  if (lines === null) return refuse(io, "standard input ended before the second line");
  const [common, entry, requestText] = lines;
  if (!scripts.isCommon(common)) return refuse(io, "the first line is not agents/common/*.ps1");
  const agent = scripts.agentOf(entry);
  if (agent === null) return refuse(io, "the second line is no agent of agents/");
  io.stderr(CLIXML_PROGRESS);
  const request = tryParse(requestText);
  if (request === null) {
    io.stdout(UNREADABLE_REQUEST);
    return 2;
  }
  await fleet.clock.wait(DURATION.moduleImport, io.signal);
  const output = new HeldOutput(io.stdout);
  const { exitCode } = await runAgent(run, agent, request, output);
  output.flush();
  return exitCode;
}

/** What agents/warm-bootstrap.ps1 does: call after call, until the input or the number of calls ends. */
async function serveCalls(run: Run, input: AsyncGenerator<string>): Promise<number> {
  const { fleet, scripts, io } = run;
  const [common = "", calls = ""] = (await takeLines(input, 2)).map(decodeLine);
  if (!scripts.isCommon(common)) return refuse(io, "the first line is not agents/common/*.ps1");
  const agents = new Map<string, AgentName>();
  await fleet.clock.wait(DURATION.moduleImport, io.signal);
  for (let left = Number(calls); left > 0; left--) {
    const [head = "", entry = "", requestLine = ""] = await takeLines(input, 3);
    if (head === "") return 0;
    const [nonce = "", name = ""] = head.split(" ");
    const agent = entry === "" ? agents.get(name) : scripts.agentOf(decodeLine(entry));
    if (agent === undefined || agent === null)
      return refuse(io, `the script of ${name} is no agent of agents/`);
    agents.set(name, agent);
    const output = new HeldOutput(io.stdout);
    const request = tryParse(decodeLine(requestLine));
    if (request === null) output.write(UNREADABLE_REQUEST);
    else {
      const { exitCode, isProcessEnd } = await runAgent(run, agent, request, output);
      if (isProcessEnd) return exitCode;
    }
    output.write(endLine(nonce, WORKING_SET_BYTES));
    output.flush();
  }
  return 0;
}

/** How a call ended, and whether its process ended with it in the middle of the work. */
interface CallEnd {
  exitCode: number;
  isProcessEnd: boolean;
}

async function runAgent(
  run: Run,
  agent: AgentName,
  request: AgentRequest,
  output: HeldOutput,
): Promise<CallEnd> {
  const { fleet, host, calls, io } = run;
  const events = new EventWriter(output, request.nonce, () => fleet.clock.now());
  const record = calls.begin(host.name, request, fleet.clock.now());
  const concerns = (fault: { agent?: string | undefined; operation?: string | undefined }) =>
    (fault.agent ?? agent) === agent && (fault.operation ?? request.operation) === request.operation;
  const end = (exitCode: number, errorCode: string | null, isProcessEnd: boolean): CallEnd => {
    record.ended = new Date(fleet.clock.now()).toISOString();
    record.exit_code = exitCode;
    record.error_code = errorCode;
    return { exitCode, isProcessEnd };
  };

  if (fleet.faults.take("agent_garbage", host.name, concerns) !== null) io.stdout(FOREIGN_LINES);
  if (fleet.faults.take("agent_hangs", host.name, concerns) !== null) await untilAborted(io.signal);
  const crash = fleet.faults.take("agent_crash", host.name, concerns);
  if (crash?.when === "before") return end(crash.exit_code, null, true);
  const injected = fleet.faults.take("agent_error", host.name, concerns);
  const result = await resultOf(run, agent, request, events, injected);
  if (crash !== null) return end(crash.exit_code, null, true);
  events.result(result);
  return end(result.exit_code, result.error?.code ?? null, false);
}

async function resultOf(
  run: Run,
  agent: AgentName,
  request: AgentRequest,
  events: EventWriter,
  injected: Extract<Fault, { kind: "agent_error" }> | null,
): Promise<AgentResult> {
  try {
    if (injected !== null) throw new AgentError(injected.code, injected.message, injected.target);
    return { ok: true, exit_code: 0, outputs: await operate(run, agent, request, events), error: null };
  } catch (error) {
    if (error instanceof AgentError) return failure(error.code, error.message, error.target);
    if (!(error instanceof HyperVError)) throw error;
    events.event("verbose", `${error.errorId},${error.category}`);
    return failure("hyperv_error", error.message, null);
  }
}

function operate(
  run: Run,
  agent: AgentName,
  request: AgentRequest,
  events: EventWriter,
): Promise<AgentOutputs> {
  if (request.agent !== agent) {
    throw new AgentError("invalid_request", `This agent is ${agent}; the request is for another.`);
  }
  if (agent !== "host" && hasCondition(run.fleet.faults, run.host.name, "no_hyperv_module")) {
    throw new HyperVError("Modules_ModuleNotFound", "ObjectNotFound", MODULE_MISSING);
  }
  const operation = OPERATIONS[agent].get(request.operation);
  if (operation === undefined) {
    throw new AgentError("invalid_request", `The agent ${agent} has no operation of this name.`);
  }
  return operation(createContext(run.fleet, run.host, request, events, run.io.signal));
}

function failure(code: string, message: string, target: string | null): AgentResult {
  return { ok: false, exit_code: 1, outputs: {}, error: { code, message, target } };
}

function refuse(io: ProcessIo, why: string): number {
  io.stderr(Buffer.from(`This simulated host stands in for known scripts only: ${why}.\r\n`, "utf8"));
  return 1;
}

function tryParse(text: string): AgentRequest | null {
  try {
    return parseRequest(text);
  } catch {
    return null;
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new Interrupted());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  });
}
