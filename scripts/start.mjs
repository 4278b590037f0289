/**
 * `npm start`: serves the finished build on the loopback interface, at PORT (default 3000; 0 takes a
 * free one). Prints the address when it listens. SIGTERM and Ctrl-C end it in order (lib/server).
 */
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./support/project.mjs";
import { nodeVersionProblem } from "./support/requirements.mjs";

const LOOPBACK = "127.0.0.1";
const LOOPBACK_NAMES = new Set([LOOPBACK, "localhost"]);

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function main() {
  const problem = nodeVersionProblem();
  if (problem) throw new Error(problem);
  const port = readArguments();
  if (!existsSync(join(ROOT, ".next", "BUILD_ID"))) {
    throw new Error("There is no build yet: run `npm run build` first.");
  }
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // lib/server/end-on-signal.ts lets jobs end; Next.js by itself would cut them off.
  process.env.NEXT_MANUAL_SIG_HANDLE = "true";
  process.chdir(ROOT);
  const { default: next } = await import("next");
  const app = next({ dev: false, dir: ROOT, hostname: "localhost", port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => {
    if (isWellEncoded(request.url)) void handle(request, response);
    else
      response
        .writeHead(400, { "Content-Type": "text/plain" })
        .end("The address is not percent-encoded UTF-8.\n");
  });
  server.once("error", (error) => {
    const taken = error.code === "EADDRINUSE";
    console.error(taken ? `Port ${port} is in use: choose another one with PORT=3001.` : error.message);
    process.exit(1);
  });
  server.listen(port, LOOPBACK, () => console.log(`Listening on http://localhost:${server.address().port}`));
}

/** Next.js answers 500 to an address that it cannot decode. */
function isWellEncoded(url) {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function readArguments() {
  const { values } = parseArgs({
    options: { hostname: { type: "string", short: "H" }, port: { type: "string", short: "p" } },
  });
  if (values.hostname !== undefined && !LOOPBACK_NAMES.has(values.hostname)) {
    throw new Error(
      `AetherV does not listen on ${values.hostname}: nobody signs in yet, and whoever reached it could create VMs. Use an SSH tunnel to 127.0.0.1.`,
    );
  }
  const text = values.port ?? process.env.PORT ?? "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`PORT is not a port number: ${text}`);
  return port;
}
