import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { AppServer } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { SimulatorProcess } from "@/tests/support/simulator-process";

/** The application over simulated hosts, each of which it logs on to in another way. */
let simulator: SimulatorProcess;
let app: AppServer;

beforeAll(async () => {
  simulator = await SimulatorProcess.start();
  const of = (name: string) => {
    const host = simulator.hosts.find((each) => each.name === name);
    if (host === undefined) throw new Error(`The simulator has no host ${name}.`);
    const { address, username, password } = host;
    return { name, address, username, password: password?.reveal() ?? "" };
  };
  const { password: _, ...withoutPassword } = of("hv01");
  const pinned = await fingerprintOf(of("hv02").address);
  const ca_file = join(simulator.directory, "ca.pem");
  app = await AppServer.start({
    hosts: [
      { ...of("hv01"), authentication: "negotiate", address: simulator.httpAddresses.hv01 ?? "" },
      { ...of("hv02"), authentication: "ntlm", certificate_fingerprint: pinned },
      { ...of("hv03"), authentication: "negotiate", ca_file, password: "canary-wrong" },
      { ...of("hv03"), name: "pinned", certificate_fingerprint: pinned },
      { ...withoutPassword, name: "ticket", authentication: "kerberos", username: "a@NOWHERE.TEST", ca_file },
      {
        ...of("hv01"),
        name: "readable",
        authentication: "ntlm",
        address: simulator.httpAddresses.hv01 ?? "",
        allow_plaintext_that_the_network_can_read_and_change: true,
      },
    ],
  });
});
afterAll(async () => {
  await app?.stop();
  await simulator?.stop();
});

function fingerprintOf(address: string): Promise<string> {
  const { hostname: host, port } = new URL(address);
  const ca = readFileSync(join(simulator.directory, "ca.pem"));
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), ca }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? "");
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

/** A host once it was asked. */
async function host(name: string): Promise<JsonObject> {
  let view: JsonObject = {};
  await eventually(async () => {
    view = (await (await fetch(`${app.url}/api/v1/hosts/${name}`)).json()) as JsonObject;
    return view.state !== "unknown";
  }, `${name} to be asked`);
  return view;
}

it.each(["hv01", "hv02"])("reads %s", async (name) => {
  expect(await host(name)).toMatchObject({ state: "online", error: null });
});

it.each([
  ["hv03", "host_authentication_failed", /refused the user name or password/, /DOMAIN.user/],
  ["pinned", "host_certificate_rejected", /not the pinned one/, /somebody is between/],
  [
    "ticket",
    "host_authentication_failed",
    /Kerberos cannot log on to HTTP@localhost as a@NOWHERE.TEST/,
    /kinit/,
  ],
  ["readable", "host_authentication_failed", /AllowUnencrypted is false/, /encrypted over http/],
])("says of %s what is wrong, and what to do about it", async (name, code, message, next) => {
  const { error } = await host(name);
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching(message),
    next: expect.stringMatching(next),
  });
});

it("logs no password", async () => {
  for (const name of ["hv01", "hv02", "hv03"]) await host(name);
  expect(app.output).not.toContain("canary");
  for (const { password } of simulator.hosts) expect(app.output).not.toContain(password?.reveal());
});
