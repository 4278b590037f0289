import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where Debian and the usual desktops put Chromium; `CHROMIUM` names another one. */
const CHROMIUM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The system's Python: distributions install `winrm` there, whatever `python3` on PATH may be. */
export const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return CHROMIUM_PATHS.find((path) => existsSync(path)) ?? null;
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** The sentence that says what to do when this Node is too old to run anything here; null: it is fine. */
export function nodeVersionProblem() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return null;
  return `Node ${process.versions.node} is too old: install Node 20.9 or later.`;
}

/** The PowerShell engine is a program for .NET 10 that is built here (simulator/powershell-engine/host). */
const DOTNET_MAJOR = 10;

/** The sentence that says what to do when the .NET SDK is missing or too old; null: it is there. */
export function dotnetProblem() {
  const { stdout, status } = spawnSync("dotnet", ["--list-sdks"], { encoding: "utf8" });
  const majors = (status === 0 ? stdout : "").split("\n").map((line) => Number.parseInt(line, 10));
  if (majors.some((major) => major >= DOTNET_MAJOR)) return null;
  return `The .NET SDK ${DOTNET_MAJOR} is missing, which builds and runs the PowerShell engine: install the package dotnet-sdk-${DOTNET_MAJOR}.0 (https://learn.microsoft.com/dotnet/core/install/linux).`;
}

/** What logons are tried against: a real KDC, and an NTLM acceptor that is not ours. */
const KERBEROS_FILES = [
  ["/usr/sbin/krb5kdc", "krb5-kdc"],
  ["/usr/sbin/kadmin.local", "krb5-admin-server"],
  ["/etc/gss/mech.d/mech.ntlmssp.conf", "gss-ntlmssp"],
  ["/usr/include/gssapi/gssapi_krb5.h", "libkrb5-dev g++ make, then npm install"],
];

/** What the tests need and this machine lacks, a sentence each. */
export function missingForTests() {
  const missing = [];
  const node = nodeVersionProblem();
  if (node) missing.push(node);
  if (!findChromium()) {
    missing.push(
      "Chromium is missing: apt-get install chromium, or name it with CHROMIUM=/path/to/chromium.",
    );
  }
  if (!runs(PYTHON, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"])) {
    missing.push(
      "Python 3.9 or later is missing: apt-get install python3, or name it with PYTHON=/path/to/python3.",
    );
  } else if (!runs(PYTHON, ["-c", "import winrm, requests_ntlm"])) {
    missing.push(
      `${PYTHON} has no modules winrm and requests_ntlm: apt-get install python3-winrm python3-requests-ntlm.`,
    );
  }
  if (!runs("/usr/bin/ansible", ["--version"])) {
    missing.push("Ansible is missing: apt-get install ansible-core.");
  }
  for (const [file, debianPackage] of KERBEROS_FILES) {
    if (!existsSync(file)) missing.push(`${file} is missing: apt-get install ${debianPackage}.`);
  }
  if (!runs(PYTHON, ["-c", "import gssapi"])) {
    missing.push(`${PYTHON} has no module gssapi: apt-get install python3-gssapi.`);
  }
  if (!runs("openssl", ["version"])) missing.push("openssl is missing: apt-get install openssl.");
  if (!runs("curl", ["--version"])) missing.push("curl is missing: apt-get install curl.");
  if (!runs("jq", ["--version"])) missing.push("jq is missing: apt-get install jq.");
  const dotnet = dotnetProblem();
  if (dotnet) missing.push(dotnet);
  return missing;
}
