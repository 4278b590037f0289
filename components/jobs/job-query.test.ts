import { describe, expect, it } from "vitest";
import { filterOf, isoOf, localInputOf, onFirstPage, PAGE_SIZE, pageOf, readQuery } from "./job-query";

const NOW = Date.parse("2026-01-02T03:04:05.678Z");
const filter = (query: string) => filterOf(readQuery(new URLSearchParams(query)), NOW);

describe("the list's address", () => {
  it("without parameters is the newest jobs, without the steps of deployments", () => {
    expect(filter("")).toMatchObject({ sort: "-created", top_level: true, limit: PAGE_SIZE, offset: 0 });
  });

  it("says what is asked for, page and order", () => {
    const asked = filter(
      "state=failed&host=hv01&vm=web&actor=ada&kind=nic.create&sort=duration&page=3&steps=1",
    );
    expect(asked).toMatchObject({
      state: "failed",
      host: "hv01",
      vm: "web",
      actor: "ada",
      kind: "nic.create",
    });
    expect(asked).toMatchObject({ sort: "duration", offset: 2 * PAGE_SIZE });
    expect(asked).not.toHaveProperty("top_level");
  });

  it("reaches back from now by whole minutes, so that one question stays the same for a minute", () => {
    expect(filter("created=1h").created_from).toBe("2026-01-02T02:04:00.000Z");
    expect(filterOf(new URLSearchParams("created=1h"), NOW + 50_000).created_from).toBe(
      "2026-01-02T02:04:00.000Z",
    );
  });

  it("takes a time of one's own only where it is chosen", () => {
    const own = "from=2026-01-01T00:00:00.000Z&to=2026-01-02T00:00:00.000Z";
    expect(filter(`created=between&${own}`)).toMatchObject({
      created_from: "2026-01-01T00:00:00.000Z",
      created_before: "2026-01-02T00:00:00.000Z",
    });
    expect(filter(own)).toMatchObject({ created_from: "", created_before: "" });
  });

  it.each([
    ["state=constructor", { state: "" }],
    ["state=failed,constructor,failed,running", { state: "failed,running" }],
    ["kind=toString", { kind: "" }],
    ["sort=x", { sort: "-created" }],
    ["sort=--host", { sort: "-created" }],
    ["created=constructor", { created_from: "", created_before: "" }],
    ["created=between&from=never&to=%2B123456-01-01T00:00:00Z", { created_from: "", created_before: "" }],
    ["created=between&from=2026-01-01", { created_from: "2026-01-01T00:00:00.000Z" }],
  ])("of ?%s leaves out what there is not", (query, asked) => {
    expect(filter(query)).toMatchObject(asked);
  });

  it.each(["0", "-1", "1.5", "x", "1e9"])("is page 1 where the page is %s", (page) => {
    expect(pageOf(new URLSearchParams({ page }))).toBe(1);
  });

  it("leads back to page 1 with another filter, and to the page that is asked for", () => {
    expect(onFirstPage({ state: "failed" })).toEqual({ state: "failed", page: "" });
    expect(onFirstPage({ page: "5" })).toEqual({ page: "5" });
  });
});

describe("a time in a local field", () => {
  it("comes back as the same minute", () => {
    expect(isoOf(localInputOf("2026-07-01T10:20:00.000Z"))).toBe("2026-07-01T10:20:00.000Z");
    expect([localInputOf("never"), isoOf(""), isoOf("never")]).toEqual(["", "", ""]);
  });
});
