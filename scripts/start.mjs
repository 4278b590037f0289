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
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/**
 * Headers of Next.js's own routers, which it obeys whoever sends them: it answers the first with `{}` and
 * redirects the second to an address of its own. Only pages are fetched with the second.
 */
const ROUTER_HEADERS = ["x-middleware-prefetch", "rsc"];
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
    if (/^\/api(?![^/?])/.test(request.url)) for (const name of ROUTER_HEADERS) delete request.headers[name];
    const refusal = refusalOf(request);
    if (refusal === null) void handle(request, response);
    else response.writeHead(refusal.status, { "Content-Type": "text/plain" }).end(`${refusal.sentence}\n`);
  });
  server.once("error", (error) => {
    const taken = error.code === "EADDRINUSE";
    console.error(taken ? `Port ${port} is in use: choose another one with PORT=3001.` : error.message);
    process.exit(1);
  });
  server.listen(port, LOOPBACK, () => console.log(`Listening on http://localhost:${server.address().port}`));
}

/**
 * What Next.js would answer with 500 (a method that it does not know, `*`, an address that it cannot
 * decode), or by redirecting to whatever site stands there (`GET http://example.com/`).
 */
function refusalOf({ method, url }) {
  if (!METHODS.has(method)) return { status: 501, sentence: `There is nothing here that takes ${method}.` };
  if (!url.startsWith("/")) return { status: 400, sentence: "The address must be a path on this server." };
  return isWellEncoded(url) ? null : { status: 400, sentence: "The address is not percent-encoded UTF-8." };
}

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
