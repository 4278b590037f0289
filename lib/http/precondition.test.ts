import { expect, it } from "vitest";
import { thrownBy } from "@/tests/support/thrown-by";
import { ApiCall } from "./call";
import { expectationOf } from "./precondition";
import { versioned } from "./respond";

function call(headers: Record<string, string>): ApiCall {
  return new ApiCall(new Request("http://localhost/api/v1/vms/x", { headers }), {}, "id", null);
}

function versions(header: string): readonly string[] | null | undefined {
  return expectationOf(call({ "if-match": header }))?.versions;
}

it("expects nothing without the header", () => {
  expect(expectationOf(call({}))).toBeUndefined();
});

it("takes the version out of each strong tag", () => {
  expect(versions('"abc.run.7"')).toEqual(["abc"]);
  expect(versions(' "abc.run.7" , "def"')).toEqual(["abc", "def"]);
  expect(versions("*")).toBeNull();
});

it("lets a weak tag match nothing", () => {
  expect(versions('W/"abc.run.7"')).toEqual([]);
});

it.each(["abc", '"abc', '"a" "b"', ""])("refuses %j", (header) => {
  expect(thrownBy(() => versions(header))).toMatchObject({ code: "invalid_request" });
});

it("reads the tag that a GET gives, whatever else has happened on the host since", () => {
  const first = versioned(call({}), "abc", "run.7", () => ({}));
  const later = versioned(
    call({ "if-none-match": first.headers.get("etag") ?? "" }),
    "abc",
    "run.8",
    () => ({}),
  );
  expect([first.status, later.status]).toEqual([200, 200]);
  for (const { headers } of [first, later]) expect(versions(headers.get("etag") ?? "")).toEqual(["abc"]);
});
