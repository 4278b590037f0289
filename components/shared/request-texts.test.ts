import { describe, expect, test } from "vitest";
import { handedToCurl } from "@/tests/support/handed-to-curl";
import { requestTexts, shownRequest } from "./request-texts";

const ORIGIN = "https://aetherv.example.com";
/** What ends, begins or breaks something in one of the shells. */
const HOSTILE = "x'; id #\n'@\nREQUEST\r\n$(reboot) `id` %PATH% \" \\ $HOME $(HOME) ’‘ --% -- @{a=1} é😀";

const disk = (vm_id: string, disk_id: string) => ({ path: { vm_id, disk_id } });

describe("a request as text", () => {
  test("has placeholders for its secrets, and only for those that it holds", () => {
    const shown = (body: { vm_name: string; guest_la_pw?: string }) =>
      requestTexts(
        shownRequest("POST /managed-deployments", { body }, { secrets: new Set(["guest_la_pw"]) }),
        ORIGIN,
      );
    const texts = shown({ vm_name: "a", guest_la_pw: "canary" });
    expect(JSON.parse(texts.json ?? "")).toEqual({ vm_name: "a", guest_la_pw: "<guest_la_pw>" });
    expect(Object.values(texts).join()).not.toContain("canary");
    expect(JSON.parse(shown({ vm_name: "a" }).json ?? "")).toEqual({ vm_name: "a" });
  });

  test("is the whole request: method, address, version, body", () => {
    const request = shownRequest(
      "PATCH /vms/{vm_id}/disks/{disk_id}",
      { ...disk("1", "2"), query: { validate_only: true }, body: { size_gb: 120 } },
      { version: '"v1"' },
    );
    expect(requestTexts(request, ORIGIN)).toEqual({
      json: '{\n  "size_gb": 120\n}',
      curl: [
        "curl --silent --show-error --fail-with-body 'https://aetherv.example.com/api/v1/vms/1/disks/2?validate_only=true' \\",
        "  --request PATCH \\",
        "  --header 'If-Match: \"v1\"' \\",
        "  --header 'Content-Type: application/json' \\",
        "  --data-binary @- <<'REQUEST'",
        '{\n  "size_gb": 120\n}',
        "REQUEST",
      ].join("\n"),
      powershell: [
        "$request = @'",
        '{\n  "size_gb": 120\n}',
        "'@",
        "Invoke-RestMethod -Method Patch -Uri 'https://aetherv.example.com/api/v1/vms/1/disks/2?validate_only=true' `",
        "  -Headers @{ 'If-Match' = '\"v1\"' } `",
        "  -ContentType 'application/json; charset=utf-8' `",
        "  -Body ([Text.Encoding]::UTF8.GetBytes($request))",
      ].join("\n"),
    });
  });

  test("has no body where the request has none", () => {
    const request = shownRequest("DELETE /vms/{vm_id}/disks/{disk_id}", {
      ...disk("1", "2"),
      query: { delete_file: true },
    });
    expect(requestTexts(request, "http://localhost:3000")).toEqual({
      json: null,
      curl: "curl --silent --show-error --fail-with-body 'http://localhost:3000/api/v1/vms/1/disks/2?delete_file=true' \\\n  --request DELETE",
      powershell:
        "Invoke-RestMethod -Method Delete -Uri 'http://localhost:3000/api/v1/vms/1/disks/2?delete_file=true'",
    });
  });

  test("shows in its JSON what nobody would see", () => {
    const body = { vm_name: "a\u202egnp.exe\u00a0\u{e0061}" };
    const { json } = requestTexts(shownRequest("POST /vms", { body }), ORIGIN);
    expect(json).toBe('{\n  "vm_name": "a\\u202egnp.exe\\u00a0\\udb40\\udc61"\n}');
    expect(JSON.parse(json ?? "")).toEqual(body);
  });
});

describe("a value never becomes a part of a shell's language", () => {
  const request = shownRequest(
    "PATCH /vms/{vm_id}/disks/{disk_id}",
    { ...disk(HOSTILE, "{1,2}[3]"), query: { validate_only: HOSTILE }, body: { note: HOSTILE } },
    { version: HOSTILE.replaceAll(/[\r\n]/g, "") },
  );
  const { curl, powershell } = requestTexts(request, ORIGIN);

  test.each(["sh", "bash"])("%s hands over the address, the headers and the body as they are", (shell) => {
    const { args, input } = handedToCurl(curl, shell);
    const sent = new URL(args.find((argument) => argument.startsWith("https:")) ?? "");
    expect(sent.pathname.split("/").map(decodeURIComponent).slice(4)).toEqual([HOSTILE, "disks", "{1,2}[3]"]);
    expect(sent.searchParams.get("validate_only")).toBe(HOSTILE);
    expect(args).toContain(`If-Match: ${HOSTILE.replaceAll(/[\r\n]/g, "")}`);
    expect(JSON.parse(input)).toEqual({ note: HOSTILE });
  });

  test("PowerShell's quotes are doubled, and its here-string ends where it should", () => {
    expect(powershell.split("\n").filter((line) => line.startsWith("'@"))).toHaveLength(1);
    const header = powershell.split("\n").find((line) => line.startsWith("  -Headers")) ?? "";
    const quoted = /^ {2}-Headers @\{ 'If-Match' = '((?:[^'\u2018-\u201b]|(['\u2018-\u201b])\2)*)' \} `$/;
    expect(header.match(quoted)?.[1]?.replaceAll(/(['\u2018-\u201b])\1/g, "$1")).toBe(
      HOSTILE.replaceAll(/[\r\n]/g, ""),
    );
  });
});
