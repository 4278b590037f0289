import { expect, test } from "vitest";
import { requestTexts, shownRequest } from "@/components/shared/request-texts";
import { createScriptRunner } from "./support/script-runner";

const runner = createScriptRunner();

/** What ends, begins or breaks something in PowerShell. */
const HOSTILE = "x'; exit 3 # \u2018\u2019\u201a\u201b \" `$(exit 4) $env:PATH @{a=1} --% é😀";

/** In place of the cmdlet: what it is handed. */
const INVOKE_REST_METHOD = `
function Invoke-RestMethod {
    param([string]$Method, [string]$Uri, [hashtable]$Headers = @{}, [string]$ContentType, [byte[]]$Body)
    $text = if ($null -eq $Body) { $null } else { [System.Text.Encoding]::UTF8.GetString($Body) }
    $handed = [ordered]@{ method = $Method; uri = $Uri; version = [string]$Headers['If-Match']; type = $ContentType; body = $text }
    ConvertTo-Json -InputObject $handed -Compress
}
`;

test("PowerShell hands over the address, the headers and the body of a request's text as they are", async () => {
  const request = shownRequest(
    "PATCH /vms/{vm_id}/disks/{disk_id}",
    {
      path: { vm_id: HOSTILE, disk_id: "{1,2}[3]" },
      query: { validate_only: HOSTILE },
      body: { note: `${HOSTILE}\n'@\n\u2019@\r\n` },
    },
    { version: HOSTILE },
  );
  const { powershell } = requestTexts(request, "https://aetherv.example.com");
  const handed = JSON.parse(await runner.text(INVOKE_REST_METHOD + powershell));
  const sent = new URL(handed.uri);
  expect(sent.pathname.split("/").map(decodeURIComponent).slice(4)).toEqual([HOSTILE, "disks", "{1,2}[3]"]);
  expect(sent.searchParams.get("validate_only")).toBe(HOSTILE);
  expect(handed).toMatchObject({
    method: "Patch",
    version: HOSTILE,
    type: "application/json; charset=utf-8",
  });
  expect(JSON.parse(handed.body)).toEqual(request.body);
});

test("PowerShell runs the text of a request without a body", async () => {
  const request = shownRequest("DELETE /vms/{vm_id}", { path: { vm_id: "1" }, query: { turn_off: true } });
  const { powershell } = requestTexts(request, "http://localhost:3000");
  expect(JSON.parse(await runner.text(INVOKE_REST_METHOD + powershell))).toEqual({
    method: "Delete",
    uri: "http://localhost:3000/api/v1/vms/1?turn_off=true",
    version: "",
    type: "",
    body: null,
  });
});
