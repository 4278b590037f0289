/** What is written in an entry of `hosts`, as far as one key speaks for or against another. */
interface WrittenHost {
  address: string;
  authentication: "basic" | "negotiate" | "ntlm" | "kerberos" | "certificate";
  username?: string | undefined;
  password?: string | undefined;
  password_file?: string | undefined;
  password_env?: string | undefined;
  ca_file?: string | undefined;
  certificate_fingerprint?: string | undefined;
  client_certificate_file?: string | undefined;
  client_key_file?: string | undefined;
  allow_plaintext_that_the_network_can_read_and_change: boolean;
}

interface HostProblem {
  key: keyof WrittenHost;
  message: string;
}

const PASSWORD_KEYS = ["password", "password_file", "password_env"] as const;
const CLIENT_KEYS = ["client_certificate_file", "client_key_file"] as const;

/** A sentence for each key of a host that is missing, or does not go with the others. */
export function hostProblems(host: WrittenHost): HostProblem[] {
  return [...credentialProblems(host), ...clientCertificateProblems(host), ...transportProblems(host)];
}

function credentialProblems(host: WrittenHost): HostProblem[] {
  const { authentication, username } = host;
  const given = PASSWORD_KEYS.filter((key) => host[key] !== undefined);
  if (authentication === "certificate" || authentication === "kerberos") {
    const user: HostProblem[] =
      authentication === "certificate" && username !== undefined
        ? [{ key: "username", message: "does not go with certificate: the host maps that to an account" }]
        : [];
    return [
      ...user,
      ...given.map((key): HostProblem => ({ key, message: `does not go with ${authentication}` })),
    ];
  }
  const user: HostProblem[] = username === undefined ? [{ key: "username", message: "is required" }] : [];
  if (given.length === 1) return user;
  const found = given.length === 0 ? "none is there" : `${given.join(" and ")} are there`;
  const message = `give exactly one of password, password_file and password_env: ${found}`;
  return [...user, { key: given[1] ?? "password", message }];
}

function clientCertificateProblems(host: WrittenHost): HostProblem[] {
  return CLIENT_KEYS.flatMap((key): HostProblem[] => {
    const needed = host.authentication === "certificate";
    if (needed === (host[key] !== undefined)) return [];
    return [
      { key, message: needed ? "is required with certificate" : `does not go with ${host.authentication}` },
    ];
  });
}

function transportProblems(host: WrittenHost): HostProblem[] {
  const { authentication, ca_file, certificate_fingerprint } = host;
  const problems: HostProblem[] = [];
  const encrypted = !/^http:/i.test(host.address);
  if (!encrypted && authentication !== "negotiate" && authentication !== "ntlm") {
    problems.push({
      key: "address",
      message: `must be https with ${authentication}; over http go negotiate and ntlm, which encrypt every message`,
    });
  }
  if (ca_file !== undefined && certificate_fingerprint !== undefined) {
    problems.push({
      key: "certificate_fingerprint",
      message: "takes the place of ca_file: give one of them",
    });
  }
  if (encrypted && host.allow_plaintext_that_the_network_can_read_and_change) {
    const key = "allow_plaintext_that_the_network_can_read_and_change";
    problems.push({ key, message: "goes with an http address only: over https everything is encrypted" });
  }
  return problems;
}
