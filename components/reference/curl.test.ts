import { expect, test } from "vitest";
import { handedToCurl } from "@/tests/support/handed-to-curl";
import { curlOf } from "./curl";
import type { ReferenceOperation } from "./document";

const OPERATION: ReferenceOperation = {
  id: "updateDisk",
  method: "PATCH",
  path: "/vms/{vm_id}/disks/{disk_id}",
  tag: "disks",
  summary: "",
  description: "",
  parameters: [],
  body: { schema: {}, example: { note: "it's $HOME\nREQUEST\n`id`", size_gb: 120 }, required: true },
  answers: [],
  problems: [],
};

test("a shell hands the body over as it is", () => {
  const { args, input } = handedToCurl(curlOf(OPERATION, "https://aetherv.example.com"));
  expect(args).toContain("https://aetherv.example.com/api/v1/vms/{vm_id}/disks/{disk_id}");
  expect(args).toEqual(expect.arrayContaining(["--globoff", "--request", "PATCH", "--data-binary", "@-"]));
  expect(JSON.parse(input)).toEqual(OPERATION.body?.example);
});

test("a read has no body, and names what it must be told", () => {
  const name = { name: "name", place: "query", required: true, description: "", schema: {} };
  const read = { ...OPERATION, method: "GET", path: "/vms/name-check", body: null, parameters: [name] };
  expect(curlOf(read, "http://localhost:3000")).toBe(
    "curl --globoff --silent --show-error --fail-with-body 'http://localhost:3000/api/v1/vms/name-check?name={name}'",
  );
});
