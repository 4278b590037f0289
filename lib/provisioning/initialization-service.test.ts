import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { GuestStatus } from "@/lib/domain/hypervisor";
import { Secret } from "@/lib/domain/secret";
import { FakeHypervisor, HEALTHY_GUEST, KEY, OLD_KEY } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig, INITIALIZATION, LOCAL_PASSWORD, provisioning } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";

const BODY = { os_family: "linux", guest_la_uid: "operator", guest_la_pw: new Secret(LOCAL_PASSWORD) };
const MINUTES = 60_000;
const LINUX_IMAGE = { os_family: "linux", description: null, size_gb: 8, file_bytes: 1 };

async function prepared(guest: readonly Partial<GuestStatus>[] = HEALTHY_GUEST, notes = "") {
  const hypervisor = new FakeHypervisor();
  hypervisor.guest = guest;
  const vm = vmRecord("web-01", { notes });
  hypervisor.inventory("hv01").vms.push(vm);
  const services = provisioning(hypervisor, [hostConfig("hv01")]);
  await services.inventory.refresh();
  const start = (body = {}) =>
    services.initializations.create(vm.vm_id, { ...BODY, ...body }).start("operator").job_id;
  const methods = () =>
    hypervisor.calls
      .map(({ method }) => method)
      .filter((method) => !["readInventory", "guestStatus"].includes(method));
  const finishes = () =>
    hypervisor.calls.filter(({ method }) => method === "finishInitialization").map(({ spec }) => spec.stage);
  return { ...services, hypervisor, vm, start, methods, finishes };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("initialization", () => {
  it("goes through the exchange in order and removes the secrets twice: when read, and at the end", async () => {
    const { jobs, start, methods, finishes, hypervisor } = await prepared();
    const id = start();
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    expect(jobs.get(id)).toMatchObject({
      state: "succeeded",
      outputs: { guest_state: "provisioningapplied" },
    });
    expect(methods()).toEqual([
      "beginInitialization",
      "publishGuestConfig",
      "announceGuestConfig",
      "finishInitialization",
      "finishInitialization",
      // What its Notes say by now is known before the job is done.
      "readVm",
    ]);
    expect(finishes()).toEqual(["read", "completed"]);
    const sent = Object.fromEntries(hypervisor.published[0] ?? []);
    const password = sent.guest_la_pw;
    expect(password instanceof Secret && password.reveal()).toBe(LOCAL_PASSWORD);
    expect(sent.guest_host_name).toBe("web-01");
  });

  it("waits for the items to propagate between publishing and announcing", async () => {
    const { start, methods } = await prepared();
    start();
    await vi.advanceTimersByTimeAsync(5_000 + 29_999);
    expect(methods()).toEqual(["beginInitialization", "publishGuestConfig"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(methods().slice(0, 3)).toEqual([
      "beginInitialization",
      "publishGuestConfig",
      "announceGuestConfig",
    ]);
  });

  it("accepts no key that stood there before power-on", async () => {
    const old = { guest_state: "waitingforaeskey", key_fingerprint: OLD_KEY };
    const { jobs, start, hypervisor } = await prepared([old, old, old, ...HEALTHY_GUEST.slice(1)]);
    hypervisor.staleKey = OLD_KEY;
    const id = start();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(hypervisor.count("publishGuestConfig")).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    expect(jobs.get(id).state).toBe("succeeded");
    const publish = hypervisor.calls.find(({ method }) => method === "publishGuestConfig");
    expect(publish?.spec.key_fingerprint).toBe(KEY);
  });

  it("does not mistake an earlier boot's failure for this one's", async () => {
    const old = {
      guest_state: "provisioningfailed",
      key_fingerprint: OLD_KEY,
      guest_error: "error join:domain",
    };
    const { jobs, start, hypervisor } = await prepared([old, old, ...HEALTHY_GUEST.slice(1)]);
    hypervisor.staleKey = OLD_KEY;
    const id = start({ force: true });
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    expect(jobs.get(id).state).toBe("succeeded");
  });

  it("ends at once when the guest reports a failure before it has a key", async () => {
    const failed = { guest_state: "provisioningfailed", guest_error: "error check:version" };
    const { jobs, start, methods } = await prepared([{}, failed]);
    const id = start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(jobs.get(id)).toMatchObject({
      state: "failed",
      error: { code: "guest_provisioning_failed", detail: "error check:version" },
    });
    expect(methods()).toEqual(["beginInitialization", "finishInitialization"]);
  });

  it("ends at once when the guest reports a failure afterwards, and removes the secrets", async () => {
    const failed = {
      guest_state: "provisioningfailed",
      guest_error: "error join:domain",
      key_fingerprint: KEY,
    };
    const { jobs, start, finishes } = await prepared([...HEALTHY_GUEST.slice(0, 2), failed]);
    const id = start();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { detail: "error join:domain" } });
    expect(finishes()).toEqual(["ended"]);
  });

  it("gives up on a guest without a key after 300 s, having published nothing, and takes the media out", async () => {
    const { jobs, start, methods, finishes } = await prepared([{}]);
    const id = start();
    await vi.advanceTimersByTimeAsync(299_999);
    expect(jobs.get(id).state).toBe("running");
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "guest_no_key" } });
    expect(methods()).toEqual(["beginInitialization", "finishInitialization"]);
    expect(finishes()).toEqual(["ended"]);
  });

  it("gives up on a guest that never reports after 1,800 s, and removes the secrets", async () => {
    const { jobs, start, finishes } = await prepared(HEALTHY_GUEST.slice(0, 2));
    const id = start();
    await vi.advanceTimersByTimeAsync(5_000 + 30_000 + 1_799_999);
    expect(jobs.get(id).state).toBe("running");
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "guest_no_completion" } });
    expect(finishes()).toEqual(["ended"]);
  });

  it("removes the secrets when it is canceled after publishing", async () => {
    const { jobs, start, methods } = await prepared();
    const id = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(methods()).toEqual(["beginInitialization", "publishGuestConfig"]);
    jobs.cancel(id);
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(id).state).toBe("canceled");
    expect(methods()).toEqual(["beginInitialization", "publishGuestConfig", "finishInitialization"]);
  });

  it("removes the secrets when publishing fails half way", async () => {
    const { jobs, start, hypervisor, finishes } = await prepared();
    hypervisor.failNext("publishGuestConfig", new AethervError("kvp_write_failed", "32768"));
    const id = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "kvp_write_failed" } });
    expect(finishes()).toEqual(["ended"]);
  });

  it("stays unknown until the secrets could be removed, and then fails with its own reason", async () => {
    const { jobs, start, hypervisor, inventory } = await prepared();
    const down = new AethervError("host_unreachable", "hv01 does not answer.");
    hypervisor.failNext("publishGuestConfig", new AethervError("contact_lost", "Contact was lost."), {
      applied: true,
    });
    hypervisor.failNext("finishInitialization", down);
    for (let i = 0; i < 2; i++) hypervisor.failNext("readInventory", down);
    const id = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(jobs.get(id).state).toBe("unknown");
    await inventory.refresh("hv01");
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "contact_lost" } });
    expect(hypervisor.count("publishGuestConfig")).toBe(1);
    expect(hypervisor.count("finishInitialization")).toBe(2);
  });

  it("goes on when contact is lost while announcing: the guest's state tells", async () => {
    const { jobs, start, hypervisor } = await prepared();
    hypervisor.failNext("announceGuestConfig", new AethervError("contact_lost", "Contact was lost."));
    const id = start();
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    expect(jobs.get(id).state).toBe("succeeded");
    expect(hypervisor.count("announceGuestConfig")).toBe(1);
  });

  it("outlasts a host that does not answer some of its polls, and says so once", async () => {
    const { jobs, start, hypervisor } = await prepared();
    const down = new AethervError("host_unreachable", "hv01 does not answer.");
    for (let i = 0; i < 3; i++) hypervisor.failNext("guestStatus", down);
    const id = start();
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    expect(jobs.get(id).state).toBe("succeeded");
    const warnings = jobs.log(id, 0).lines.filter(({ level }) => level === "warning");
    expect(warnings.map(({ text }) => text)).toEqual([
      "The guest's state could not be read: hv01 does not answer. Asking again.",
    ]);
  });

  it("does not start a VM twice when contact is lost while it powers it on", async () => {
    const { jobs, start, hypervisor } = await prepared();
    hypervisor.failNext("beginInitialization", new AethervError("contact_lost", "Contact was lost."), {
      applied: true,
    });
    const id = start();
    await vi.advanceTimersByTimeAsync(MINUTES);
    const { state, error } = jobs.get(id);
    expect([state, error?.code]).toEqual(["failed", "contact_lost"]);
    expect(error?.message).toContain("the VM is running");
    expect(hypervisor.count("beginInitialization")).toBe(1);
  });

  it("uses the protocol version of the image that the deployment's marker names", async () => {
    const marker = JSON.stringify({
      deployment_id: "d",
      step: 3,
      steps: 4,
      request: { image_name: "Old-Linux" },
    });
    const notes = `Ours.\n--- aetherv begin ---\n${marker}\n--- aetherv end ---\n`;
    const { start, hypervisor } = await prepared(HEALTHY_GUEST, notes);
    start();
    await vi.advanceTimersByTimeAsync(0);
    const begin = hypervisor.calls.find(({ method }) => method === "beginInitialization");
    expect(begin?.spec).toMatchObject({ meta_version: "0.9", force: false, os_family: "linux" });
  });

  it.each([
    ["one version", ["0.8", "0.8"], "0.8"],
    ["several versions", ["0.8", "0.9"], INITIALIZATION.meta_version],
    ["a version in part", ["0.8", null], INITIALIZATION.meta_version],
    ["none", [], INITIALIZATION.meta_version],
  ])("of a VM made of its parts it uses what the images state: %s", async (_, stated, expected) => {
    const { start, hypervisor, inventory } = await prepared();
    const { host } = hypervisor.inventory("hv01");
    const images = stated.map((provisioning_version, index) => ({
      ...LINUX_IMAGE,
      name: `linux-${index}`,
      provisioning_version,
    }));
    host.images = [
      { ...LINUX_IMAGE, name: "win", os_family: "windows", provisioning_version: "2.0" },
      ...images,
    ];
    await inventory.refresh();
    start();
    await vi.advanceTimersByTimeAsync(0);
    const begin = hypervisor.calls.find(({ method }) => method === "beginInitialization");
    expect(begin?.spec).toMatchObject({ meta_version: expected });
  });

  it.each([
    ["windows", "a-name-of-16-cha", "A Windows host name has at most 15 characters."],
    ["linux", "Web Server", "Use letters, digits and hyphens; begin and end with a letter or a digit."],
  ])("refuses a %s guest in a VM called %s, whose name it cannot have", async (os_family, name, reason) => {
    const { initializations, inventory } = await prepared();
    const vm = vmRecord(name);
    inventory.note("hv01", vm);
    const refused = thrownBy(() => initializations.create(vm.vm_id, { ...BODY, os_family }).check());
    expect(refused).toMatchObject({ code: "invalid_request", next: "Rename the VM on its host first." });
    expect(refused.message).toContain(reason);
  });

  it("takes a name that the guest's family allows, and refuses a VM that no host has", async () => {
    const { initializations, inventory } = await prepared();
    const vm = vmRecord("a-name-of-16-cha");
    inventory.note("hv01", vm);
    initializations.create(vm.vm_id, BODY).check();
    expect(thrownBy(() => initializations.create("1", BODY).check()).code).toBe("vm_not_found");
  });

  it("keeps its secrets out of the job and its log", async () => {
    const { jobs, start } = await prepared();
    const id = start();
    await vi.advanceTimersByTimeAsync(2 * MINUTES);
    const shown = JSON.stringify([jobs.get(id), jobs.log(id, 0)]);
    expect(shown).not.toContain(LOCAL_PASSWORD);
    expect(jobs.get(id).request.guest_la_pw).toBe("[secret]");
  });
});
