import { expect, test } from "vitest";
import { demandOf } from "@/lib/domain/host-fit";
import { hostWith } from "@/tests/support/host-views";
import { unfitReasons } from "./host-fit";

test("a host that was not read says so, one that does not answer why, and any other what speaks against it", () => {
  const demand = demandOf({ cpu_cores: 33 });
  const error = { code: "host_unreachable", message: "hv does not answer: why.", next: "", since: "" };
  expect(unfitReasons(hostWith("hv", null, { state: "pending" }), demand)).toEqual([
    "hv has not been read yet.",
  ]);
  expect(unfitReasons(hostWith("hv", {}, { state: "unreachable", error }), demand)).toEqual([error.message]);
  expect(unfitReasons(hostWith("hv"), demand)).toContain("hv has 32 logical processors, 33 were asked for.");
});
