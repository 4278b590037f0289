import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Debian's Ansible has Debian's pywinrm; one from elsewhere may have neither. */
const ANSIBLE = "/usr/bin/ansible";

/** How Ansible reaches a simulated host. */
export interface AnsibleTarget {
  /** Address of a listener, `http` or `https`. */
  address: string;
  transport: "basic" | "ntlm";
  username: string;
  password: string;
  caFile: string;
}

export interface AnsibleAnswer {
  /** 0; 2 where the command failed, 4 where the host could not be reached. */
  exitCode: number;
  /** What Ansible prints with `--one-line`. */
  output: string;
}

/** Runs Ansible's module `raw` on one host, with nothing of this machine's own configuration. */
export async function runRaw(target: AnsibleTarget, command: string): Promise<AnsibleAnswer> {
  if (!existsSync(ANSIBLE))
    throw new Error(`${ANSIBLE} is missing. Install it: apt-get install ansible-core`);
  const home = mkdtempSync(join(tmpdir(), "aetherv-ansible-"));
  const inventory = join(home, "inventory.json");
  writeFileSync(inventory, JSON.stringify(inventoryOf(target)));
  const args = ["--inventory", inventory, "--one-line", "--module-name", "raw", "--args", command, "all"];
  const configuration = join(home, "ansible.cfg");
  writeFileSync(configuration, "");
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    PATH: "/usr/bin:/bin",
    HOME: home,
    LANG: "C.UTF-8",
    ANSIBLE_CONFIG: configuration,
  };
  try {
    return await new Promise((resolve) => {
      execFile(ANSIBLE, args, { env, cwd: home }, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });
  } finally {
    rmSync(home, { recursive: true });
  }
}

function inventoryOf({ address, transport, username, password, caFile }: AnsibleTarget) {
  const { protocol, hostname, port } = new URL(address);
  const host = {
    ansible_connection: "winrm",
    ansible_host: hostname,
    ansible_port: Number(port),
    ansible_winrm_scheme: protocol.slice(0, -1),
    ansible_winrm_transport: transport,
    ansible_winrm_ca_trust_path: caFile,
    ansible_user: username,
    ansible_password: password,
  };
  return { all: { hosts: { simulated: host } } };
}
