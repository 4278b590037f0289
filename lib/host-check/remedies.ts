import type { CheckCause } from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";

/** What helps against a cause: for people, and for the shell of the host. */
export interface Remedy {
  next: string;
  /** For an elevated Windows PowerShell 5.1 on the host; what is the host's own stands as a quoted text. */
  commands: readonly string[];
  /** The anchor of a section of docs/host-setup.md, which has every one of the commands. */
  section: string;
}

/** A host as its commands name it. */
export interface RemedyContext {
  /** The name in its address. */
  name: string;
  port: string;
  /** null: the account is not in the configuration. */
  account: string | null;
}

export function remedyContextOf({ address, username }: HostConfig): RemedyContext {
  const { hostname, port, protocol } = new URL(address);
  return { name: hostname, port: port || (protocol === "https:" ? "443" : "80"), account: username };
}

/** What to do about a cause on this host. */
export function remedyFor(cause: CheckCause, context: RemedyContext): Remedy {
  const { commands, ...rest } = REMEDIES[cause];
  const account = context.account ?? "aetherv";
  const fill = (command: string) =>
    command
      .replaceAll("'hv01.example.com'", () => quoted(context.name))
      .replaceAll("'aetherv'", () => quoted(account))
      .replaceAll("-LocalPort 5986", () => `-LocalPort ${context.port}`);
  return { ...rest, commands: commands.map(fill) };
}

/** A PowerShell string that holds just this text. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

const ADMINISTRATOR = "Add-LocalGroupMember -SID S-1-5-32-544 -Member 'aetherv'";
const REMOTE_RIGHTS =
  "New-ItemProperty -Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System' -Name LocalAccountTokenFilterPolicy -PropertyType DWord -Value 1 -Force";
const LISTENERS = "winrm enumerate winrm/config/listener";
const CERTIFICATES =
  "Get-ChildItem -Path Cert:\\LocalMachine\\My | Format-List -Property Subject, DnsNameList, Thumbprint, NotAfter";
const RESOURCES = "C:\\ProgramData\\AetherV\\hostresources.json";

const REMEDIES: Readonly<Record<CheckCause, Remedy>> = {
  name_unknown: {
    next: "Correct the host's `address` in AetherV's configuration, or have DNS know the name.",
    commands: ["[System.Net.Dns]::GetHostEntry('').HostName"],
    section: "the-name",
  },
  no_listener: {
    next: "Nothing listens there: create the WinRM listener, or correct the port in the host's `address`.",
    commands: ["Get-Service -Name WinRM", "Start-Service -Name WinRM", LISTENERS],
    section: "the-connection",
  },
  no_answer: {
    next: "Check that the host is up and that its firewall lets AetherV in.",
    commands: [
      LISTENERS,
      "New-NetFirewallRule -Name AetherV-WinRM-HTTPS -DisplayName 'AetherV: WinRM over HTTPS' -Direction Inbound -Protocol TCP -LocalPort 5986 -Action Allow",
    ],
    section: "the-connection",
  },
  certificate: {
    next: "Give the listener a certificate that is valid for the host's name, and name its authority with `ca_file`; or compare the fingerprint with the host's own, and pin it with `certificate_fingerprint`.",
    commands: [CERTIFICATES, LISTENERS],
    section: "the-certificate",
  },
  fingerprint: {
    next: "Compare the fingerprint with the one that the host itself shows. If they are the same, pin it; if not, somebody is between: do not go on.",
    commands: [CERTIFICATES, LISTENERS],
    section: "the-certificate",
  },
  scheme_not_offered: {
    next: "Allow the scheme on the host, or name one that it offers with `authentication` in AetherV's configuration.",
    commands: [
      "Get-ChildItem -Path WSMan:\\localhost\\Service\\Auth",
      "Set-Item -Path WSMan:\\localhost\\Service\\Auth\\Basic -Value $true",
    ],
    section: "the-logon",
  },
  credentials: {
    next: "Check user name and password in AetherV's configuration, and that the account is enabled.",
    commands: [
      "Get-LocalUser -Name 'aetherv' | Format-List -Property Name, Enabled, PasswordExpires, AccountExpires",
    ],
    section: "the-logon",
  },
  plaintext: {
    next: "Use https, or leave out the setting that allows plaintext: then messages are encrypted over http, too.",
    commands: ["Set-Item -Path WSMan:\\localhost\\Service\\AllowUnencrypted -Value $false"],
    section: "the-logon",
  },
  access_denied: {
    next: "Make the account an administrator of the host, and let local accounts keep that right in remote calls.",
    commands: [ADMINISTRATOR, REMOTE_RIGHTS],
    section: "the-shell",
  },
  quota: {
    next: "Wait until shells of others have ended; if it stays, raise the quota.",
    commands: [
      "Get-ChildItem -Path WSMan:\\localhost\\Shell",
      "Set-Item -Path WSMan:\\localhost\\Shell\\MaxShellsPerUser -Value 30",
    ],
    section: "the-shell",
  },
  no_winrm: {
    next: "Check that the port is the one of the WinRM listener, and that the service answers on the host itself.",
    commands: [LISTENERS, "Test-WSMan -ComputerName localhost"],
    section: "the-shell",
  },
  old_powershell: {
    next: "Bring the host to Windows Server 2016 or later, or install Windows Management Framework 5.1.",
    commands: ["$PSVersionTable.PSVersion"],
    section: "powershell",
  },
  constrained_language: {
    next: "Have the AppLocker or WDAC policy of the host exempt the account, or allow its scripts.",
    commands: ["$ExecutionContext.SessionState.LanguageMode"],
    section: "powershell",
  },
  no_agent: {
    next: "Look at the job's log for what PowerShell said, and run the commands on the host as the account.",
    commands: ["$PSVersionTable.PSVersion", "$ExecutionContext.SessionState.LanguageMode"],
    section: "powershell",
  },
  no_hyperv_module: {
    next: "Install Hyper-V's PowerShell module.",
    commands: ["Install-WindowsFeature -Name Hyper-V-PowerShell, RSAT-Clustering-PowerShell"],
    section: "hyper-v",
  },
  hyperv_stopped: {
    next: "Start Hyper-V's management service; where there is none, install the role Hyper-V.",
    commands: [
      "Start-Service -Name vmms",
      "Install-WindowsFeature -Name Hyper-V -IncludeManagementTools -Restart",
    ],
    section: "hyper-v",
  },
  no_hyperv_rights: {
    next: "Make the account an administrator of the host.",
    commands: [ADMINISTRATOR, REMOTE_RIGHTS],
    section: "rights-in-hyper-v",
  },
  no_double_hop: {
    next: "Nothing to do as long as all paths are local or below C:\\ClusterStorage. For file shares let the account's credentials travel on: Kerberos with delegation to the file server, or CredSSP.",
    commands: [],
    section: "what-is-beyond-the-host",
  },
  cluster_silent: {
    next: "Make the account an administrator of every node, or give it full access to the cluster.",
    commands: ["Get-ClusterAccess", "Grant-ClusterAccess -User 'aetherv' -Full"],
    section: "what-is-beyond-the-host",
  },
  resources_missing: {
    next: `Create ${RESOURCES} on the host.`,
    commands: ["New-Item -ItemType Directory -Force -Path C:\\ProgramData\\AetherV", `notepad ${RESOURCES}`],
    section: "the-host-resources",
  },
  resources_invalid: {
    next: `Correct ${RESOURCES}; what is wrong is named above.`,
    commands: [
      `Get-Content -LiteralPath ${RESOURCES} -Raw -Encoding UTF8 | ConvertFrom-Json`,
      `notepad ${RESOURCES}`,
    ],
    section: "the-host-resources",
  },
  resources_paths: {
    next: `Correct the paths in ${RESOURCES}, or put there what it names.`,
    commands: ["Get-Volume", "Get-VMSwitch", `notepad ${RESOURCES}`],
    section: "the-host-resources",
  },
};
