import { expect, test } from "vitest";
import { readPowerShellCommand } from "./powershell-command";

const encoded = Buffer.from("'é'; exit 3", "utf16le").toString("base64");

test.each([
  ["-EncodedCommand", encoded],
  ["-encodedcommand", encoded],
  ["-enc", encoded],
  ["-e", encoded],
  ["-ec", encoded],
  ["/EncodedCommand", encoded],
  ["-NoLogo", "-NoProfile", "-NonInteractive", "-InputFormat", "None", "-EncodedCommand", encoded],
  ["-ExecutionPolicy", "Bypass", "-enc", encoded],
  ["-ex", "Bypass", "-enc", encoded],
])("%s %s …: the encoded command", (...args) => {
  expect(readPowerShellCommand(args)).toEqual({ script: "'é'; exit 3", isEncoded: true });
});

test.each([
  ["-Command", "Get-VM", "-Name", "x"],
  ["-c", "Get-VM", "-Name", "x"],
  ["-NoProfile", "Get-VM", "-Name", "x"],
])("%s %s …: the words that follow", (...args) => {
  expect(readPowerShellCommand(args)).toEqual({ script: "Get-VM -Name x", isEncoded: false });
});

test.each([[[]], [["-NoProfile"]], [["-Command"]], [["-EncodedCommand"]]])("%j: no command", (args) => {
  expect(readPowerShellCommand(args)).toBeNull();
});
