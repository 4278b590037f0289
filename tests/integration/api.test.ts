import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "@/lib/domain/problem";
import { AppServer } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";

const PASSWORD = "canary-of-the-configuration";
/** Nothing listens there: the API must answer all the same. */
const CONFIG = {
  hosts: [{ name: "hv01", address: "https://127.0.0.1:1", username: "aetherv", password: PASSWORD }],
  log: { level: "debug" },
};
const JSON_TYPE = { "content-type": "application/json" };

let app: AppServer;
beforeAll(async () => {
  app = await AppServer.start(CONFIG);
});
afterAll(() => app.stop());

async function raw(path: string, init?: Parameters<AppServer["raw"]>[1]) {
  const answer = await app.raw(`/api/v1${path}`, init);
  const isProblem = answer.headers["content-type"] === "application/problem+json";
  const problem = (isProblem ? JSON.parse(answer.text) : {}) as Partial<Problem>;
  return { ...answer, problem };
}

describe("bad input over a real connection", () => {
  const deep = `{"vm_name":${"[".repeat(1_000)}${"]".repeat(1_000)}}`;
  it.each<[string, string, Record<string, string>, string, number, string]>([
    ["malformed JSON", "/vms", JSON_TYPE, "{", 400, "malformed_json"],
    ["no body", "/vms", JSON_TYPE, "", 400, "malformed_json"],
    ["an array", "/vms", JSON_TYPE, "[]", 400, "malformed_json"],
    ["depth 1,000", "/managed-deployments", JSON_TYPE, deep, 400, "malformed_json"],
    ["__proto__", "/vms", JSON_TYPE, '{"__proto__":{"polluted":1}}', 400, "malformed_json"],
    ["2 MB", "/managed-deployments", JSON_TYPE, `{"a":"${"x".repeat(2_000_000)}"}`, 413, "body_too_large"],
    [
      "a form",
      "/vms",
      { "content-type": "application/x-www-form-urlencoded" },
      "a=b",
      415,
      "unsupported_media_type",
    ],
    ["an unknown field", "/vms", JSON_TYPE, '{"vmname":"a"}', 422, "invalid_request"],
    ["a wrong type", "/managed-deployments", JSON_TYPE, '{"vm_name":7}', 422, "invalid_request"],
    ["an unknown parameter", "/vms?dry_run=true", JSON_TYPE, "{}", 422, "invalid_request"],
    ["a disk of no VM", "/vms/none/disks", JSON_TYPE, '{"size_gb":40}', 404, "vm_not_found"],
    ["a field of an action", "/jobs/x/cancel", JSON_TYPE, '{"why":1}', 422, "invalid_request"],
    [
      "a host nobody configured",
      "/inventory/refresh",
      JSON_TYPE,
      '{"host":"127.0.0.1"}',
      404,
      "host_not_found",
    ],
  ])("answers %s with a problem document", async (_, path, headers, body, status, code) => {
    const answer = await raw(path, { method: "POST", headers, body });
    expect([answer.status, answer.problem.status, answer.problem.code]).toEqual([status, status, code]);
    expect(answer.problem.request_id).toBe(answer.headers["x-request-id"]);
    expect(answer.problem.next).not.toBe("");
  });

  it("names every field that is wrong, unknown ones too", async () => {
    const { problem } = await raw("/vms", { headers: JSON_TYPE, body: '{"vm_name":"a b","colour":"red"}' });
    const pointers = problem.errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(["/vm_name", "/colour", "/target_host"]));
  });

  it("never quotes a secret", async () => {
    const body = JSON.stringify({ guest_la_pw: ["hunter2"], join_password: "hunter2", pasword: "hunter2" });
    const { status, text } = await raw("/managed-deployments", { headers: JSON_TYPE, body });
    expect(status).toBe(422);
    expect(text).not.toContain("hunter2");
    expect(app.output).not.toContain("hunter2");
  });

  it("checks without starting anything on request", async () => {
    const answer = await raw("/managed-deployments?validate_only=true", { headers: JSON_TYPE, body: "{}" });
    expect(answer.problem.code).toBe("invalid_request");
    expect(JSON.parse((await raw("/jobs")).text)).toEqual({ jobs: [], total: 0, unfinished: 0 });
  });

  it.each(["/%E0%A4%A", "/vms/%00", "/vms/..%2f..%2fetc", "/hosts/a%0d%0ab", `/jobs/${"x".repeat(2_000)}`])(
    "answers the address %s with 4xx",
    async (path) => {
      const { status } = await raw(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  it("survives a connection that breaks in the middle of a body", async () => {
    const socket = connect(app.port, "127.0.0.1");
    socket.write(
      "POST /api/v1/vms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
    );
    await new Promise((resolve) => socket.write('"a":', resolve));
    socket.destroy();
    await eventually(() => app.output.includes("The connection broke"), "the reason in the log");
    expect((await raw("/health/live")).status).toBe(200);
    expect(app.output).not.toContain("internal_error");
  });
});

describe("addresses and methods", () => {
  it.each(["/nothing", "/vms/a/b/c", "/schemas/form.0000.js", "/schemas/vm.json", ""])(
    "answers %j with 404",
    async (path) => {
      expect((await raw(path)).problem.code).toBe("not_found");
    },
  );

  it.each([
    ["GET", "http://evil.example/vms", 400],
    ["GET", "ftp://evil.example", 400],
    ["OPTIONS", "*", 400],
    ["GET", "/api/v1/vms/%ff", 400],
    ["TRACE", "/vms", 501],
    ["PROPFIND", "/api/v1/vms", 501],
  ])("leaves %s %s to nobody", async (method, target, status) => {
    const answer = await app.raw(target, { method });
    expect([answer.status, answer.headers.location]).toEqual([status, undefined]);
  });

  it("answers a method that an address does not take with 405", async () => {
    const answer = await raw("/vms", { method: "DELETE" });
    expect([answer.problem.code, answer.headers.allow]).toEqual([
      "method_not_allowed",
      "GET, HEAD, POST, OPTIONS",
    ]);
  });

  it("says of a job of an earlier run that it is gone, and of any other that it is not there", async () => {
    const gone = await raw("/jobs/00000000-0000000000000000");
    expect([gone.status, gone.problem.code]).toEqual([410, "job_gone"]);
    expect((await raw("/jobs/never/log?after=3")).problem.code).toBe("job_not_found");
    expect((await raw("/jobs/never/cancel", { method: "POST" })).problem.code).toBe("job_not_found");
  });

  it("answers an unchanged read with 304", async () => {
    const first = await raw("/schemas/form");
    const again = await raw("/schemas/form", { headers: { "if-none-match": first.headers.etag ?? "" } });
    expect([first.status, again.status, again.text]).toEqual([200, 304, ""]);
  });

  it("serves the form's validators under their hash, for ever", async () => {
    const { validator } = JSON.parse((await raw("/schemas/form")).text);
    const script = await app.raw(validator);
    expect(script.status).toBe(200);
    expect(script.headers["content-type"]).toMatch(/^text\/javascript/);
    expect(script.headers["cache-control"]).toContain("immutable");
    expect(script.text).toContain("export function createValidators(require)");
  });

  it("shows a host that does not answer, with the reason", async () => {
    const { hosts } = JSON.parse((await raw("/hosts")).text);
    expect(hosts).toMatchObject([
      { name: "hv01", state: "unreachable", error: { code: "host_unreachable" } },
    ]);
  });
});

describe("headers that mean something to the framework", () => {
  it.each([
    "next-action",
    "next-resume",
    "next-router-prefetch",
    "next-router-segment-prefetch",
    "next-router-state-tree",
    "purpose",
    "rsc",
    "x-invocation-id",
    "x-matched-path",
    "x-middleware-prefetch",
    "x-middleware-skip",
    "x-nextjs-data",
    "x-now-route-matches",
    "x-prerender-revalidate",
  ])("%s changes nothing in what the API answers", async (name) => {
    for (const path of ["/schemas/form", "/jobs", "/nothing"]) {
      const usual = await raw(path);
      const answer = await raw(path, { headers: { [name]: "1" } });
      expect(sameForAll(answer)).toEqual(sameForAll(usual));
    }
    const refused = await raw("/vms", { headers: { ...JSON_TYPE, [name]: "1" }, body: "{" });
    expect([refused.status, refused.problem.code]).toEqual([400, "malformed_json"]);
  });

  /** Less what is new in every answer. */
  function sameForAll({ status, headers, text }: Awaited<ReturnType<typeof raw>>) {
    const { date: _, "x-request-id": id = "", ...others } = headers;
    return { status, others, text: text.replace(String(id), "") };
  }
});

describe("who may ask", () => {
  const attacker = "evil.example";

  it.each(["/api/v1/vms", "/api/v1/health/live", "/api/v1/nothing", "/", "/vms/new", "/nothing"])(
    "refuses %s under another name than the machine's own",
    async (path) => {
      expect((await app.raw(path, { headers: { host: attacker } })).status).toBe(403);
      expect((await app.raw(path, { headers: { host: `localhost.${attacker}:${app.port}` } })).status).toBe(
        403,
      );
    },
  );

  it("believes no header that claims another name", async () => {
    const headers = { host: attacker, "x-forwarded-host": "localhost", forwarded: "host=localhost" };
    expect((await raw("/vms", { headers })).status).toBe(403);
  });

  it("cannot be talked out of it by headers of the framework", async () => {
    for (const name of ["x-middleware-subrequest", "x-middleware-next", "x-middleware-rewrite"]) {
      const headers = { host: attacker, [name]: "proxy:proxy:proxy:proxy:proxy" };
      expect((await raw("/vms", { headers })).status).toBe(403);
      expect((await app.raw("/vms", { headers })).status).toBe(403);
    }
  });

  it.each<Record<string, string>>([
    { origin: `http://${attacker}` },
    { origin: "null" },
    { origin: "http://localhost:1" },
    { "sec-fetch-site": "cross-site" },
  ])("refuses a change that %j asks for", async (headers) => {
    for (const path of ["/vms", "/managed-deployments", "/jobs/x/cancel", "/inventory/refresh", "/nothing"]) {
      const answer = await raw(path, {
        headers: { ...JSON_TYPE, ...headers },
        body: "{}",
      });
      expect([answer.status, answer.problem.code]).toEqual([403, "foreign_origin"]);
    }
  });

  it("takes a change that its own page asks for", async () => {
    const own = { origin: app.url, "sec-fetch-site": "same-origin", host: `localhost:${app.port}` };
    expect((await raw("/inventory/refresh", { headers: { ...JSON_TYPE, ...own }, body: "{}" })).status).toBe(
      202,
    );
  });

  it("redirects to no other site", async () => {
    for (const path of ["/api/v1/jobs/", `//${attacker}/x`, `/\\${attacker}`, `/..//${attacker}`]) {
      const { headers } = await app.raw(path, { headers: { "x-forwarded-host": attacker } });
      expect(headers.location ?? "/").toMatch(/^\/(?![/\\])/);
    }
  });

  it("listens on the loopback interface only", async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    const outcomes = await Promise.all(others.map(({ address }) => connects(address, app.port)));
    expect(outcomes).toEqual(others.map(() => false));
    expect(await connects("127.0.0.1", app.port)).toBe(true);
  });
});

describe("pages", () => {
  it.each<[string, Record<string, string>]>([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    [
      "a form of another site",
      { "content-type": "multipart/form-data; boundary=x", origin: "https://evil.example" },
    ],
    ["a server action", { "next-action": "a".repeat(42), "content-type": "text/plain" }],
  ])("refuse %s, and leave the log alone", async (_, headers) => {
    const body = '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_00"\r\n\r\n\r\n--x--\r\n';
    const answer = await app.raw("/vms/new", { headers, body });
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
    const later = String((await raw("/nothing")).headers["x-request-id"]);
    await eventually(() => app.output.includes(later), "a later line in the log");
    expect(app.output).not.toMatch(/server action/i);
  });

  it("end where the API begins", async () => {
    const answer = await app.raw("/api", { method: "POST" });
    expect(JSON.parse(answer.text)).toMatchObject({ code: "not_found" });
    expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'; frame-ancestors 'none'$/);
    expect((await app.raw("/api", { headers: { host: "evil.example" } })).status).toBe(403);
  });

  it("have a strict policy with a nonce of their own", async () => {
    const [first, second] = await Promise.all([app.raw("/vms"), app.raw("/vms")]);
    const policyOf = ({ headers }: typeof first) => String(headers["content-security-policy"]);
    const nonce = /'nonce-([^']+)'/.exec(policyOf(first))?.[1] ?? "none";
    expect(policyOf(first)).not.toMatch(/unsafe-|\*|https?:/);
    for (const directive of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      expect(policyOf(first)).toContain(directive);
    }
    expect(policyOf(second)).not.toContain(nonce);
    const scripts = first.text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(first.headers["x-content-type-options"]).toBe("nosniff");
    expect(first.headers["x-powered-by"]).toBeUndefined();
  });
});

describe("the log", () => {
  it("is JSON lines, one a request, without the configuration's passwords", async () => {
    const { headers } = await raw("/jobs/never%0d%0aforged");
    const id = String(headers["x-request-id"]);
    const written = () => app.output.split("\n").filter((line) => line.includes(id));
    await eventually(() => written().length > 0, "the request's line in the log");
    expect(written().map((line) => JSON.parse(line))).toMatchObject([{ status: 404, code: "job_not_found" }]);
    expect(app.output.split("\n").filter((line) => line.startsWith("forged"))).toEqual([]);
    expect(app.output).not.toContain(PASSWORD);
  });
});

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
