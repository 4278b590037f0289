import { expect, test } from "vitest";
import { DEFAULT_COLUMNS } from "./vm-column-keys";
import { NOTHING_CHOSEN, narrows, readQuery, toggled, withQuery } from "./vm-query";

const read = (search: string) => readQuery(new URLSearchParams(search));
const HERE = new URL("https://aetherv.example/vms?q=old&other=stays");

test("an address without parameters asks for everything as by default", () => {
  const query = read("");
  expect(query).toEqual({ q: "", chosen: NOTHING_CHOSEN, sort: "name", columns: DEFAULT_COLUMNS });
  expect(narrows(query)).toBe(false);
});

test("what the query says is found again in the address", () => {
  const search = "q=web+host%3Ahv01&state=running,off&host=hv01&sort=-memory&columns=name,state,note";
  const query = read(search);
  expect(query).toEqual({
    q: "web host:hv01",
    chosen: { state: ["running", "off"], cluster: [], host: ["hv01"] },
    sort: "-memory",
    columns: ["name", "state", "note"],
  });
  expect(narrows(query)).toBe(true);
  const address = withQuery(HERE, query);
  expect(readQuery(address.searchParams)).toEqual(query);
  expect(address.searchParams.get("other")).toBe("stays");
  expect(address.search).toContain("state=running,off");
});

test("what is as by default does not stand in the address", () => {
  expect(withQuery(HERE, read("sort=name&columns=name")).search).toBe("?other=stays&columns=name");
  expect(withQuery(HERE, read("")).search).toBe("?other=stays");
});

test("what an address asks for and does not exist is left out", () => {
  expect(read("state=flying,off,&sort=-flying&columns=flying")).toEqual({
    ...read(""),
    chosen: { ...NOTHING_CHOSEN, state: ["off"] },
  });
  expect(read("sort=").sort).toBe("name");
  expect(read("sort=--memory").sort).toBe("name");
  expect(read("columns=note,host,host").columns).toEqual(["name", "host", "note"]);
});

test("a name with a comma or another sign comes back as it was", () => {
  const query = { ...read(""), q: "50 % & more, or #1" };
  expect(readQuery(withQuery(HERE, query).searchParams).q).toBe(query.q);
});

test("a value of a facet is chosen, and taken back", () => {
  const some = toggled(toggled(NOTHING_CHOSEN, "host", "hv01"), "host", "hv02");
  expect(some.host).toEqual(["hv01", "hv02"]);
  expect(toggled(some, "host", "hv01").host).toEqual(["hv02"]);
});
