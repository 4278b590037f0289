import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
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

/** What a shell hands to curl: its arguments, and what stands on its standard input. */
function handedOver(command: string): { args: string[]; input: string } {
  const script = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat;; esac; }\n${command}\n`;
  const parts = execFileSync("sh", { input: script, encoding: "utf8" }).split("\0");
  return { args: parts.slice(0, -1), input: parts.at(-1) ?? "" };
}

test("a shell hands the body over as it is", () => {
  const { args, input } = handedOver(curlOf(OPERATION, "https://aetherv.example.com"));
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
