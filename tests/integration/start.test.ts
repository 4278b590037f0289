import { describe, expect, it } from "vitest";
import { AppServer } from "@/tests/support/app-server";

describe("starting", () => {
  it("needs no hosts, and says that there are none", async () => {
    const app = await AppServer.start({});
    expect(app.output).toContain("No hosts are configured");
    expect(await app.stop()).toBe(0);
  });

  it("ends with one sentence for each mistake of the configuration", async () => {
    const { code, output } = await AppServer.fail({ hosts: [], jobs: { retaind: 1 } });
    expect(code).toBe(1);
    expect(output).toMatch(/aetherv\.config\.json: jobs\.retaind: there is no such setting/);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).not.toContain("Listening");
  });

  it("ends when the schemas cannot be read, and says which", async () => {
    const { code, output } = await AppServer.fail({ paths: { schemas: "nowhere" } });
    expect(code).toBe(1);
    expect(output).toMatch(/vm\.schema\.json: cannot be read from .*nowhere/);
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "example.com"])(
    "refuses to listen on %s, and says why",
    async (hostname) => {
      const { code, output } = await AppServer.fail({}, {}, ["--hostname", hostname]);
      expect(code).toBe(1);
      expect(output).toMatch(/^AetherV does not listen on .*: nobody signs in yet/);
    },
  );

  it("names a port that is none", async () => {
    const { code, output } = await AppServer.fail({}, { PORT: "http" });
    expect([code, output]).toEqual([1, "PORT is not a port number: http\n"]);
  });

  it("names a port that is taken", async () => {
    const app = await AppServer.start({});
    const { code, output } = await AppServer.fail({}, { PORT: String(app.port) });
    await app.stop();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${app.port} is in use`);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends in order on %s", async (signal) => {
    const app = await AppServer.start({});
    expect(await app.stop(signal)).toBe(0);
    expect(app.output).toContain('"msg":"shut down"');
  });
});
