import { z } from "zod";
import { hostProblems } from "./host-rules";

const HOST_NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,62}$/;
const FINGERPRINT = /^(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})$/;
const AUTHENTICATIONS = ["basic", "negotiate", "ntlm", "kerberos", "certificate"] as const;
const text = z.string().regex(/./s, "must not be empty");

/** One entry of `hosts`, as it is written. */
export const hostEntrySchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        HOST_NAME,
        "must be 1 to 63 letters, digits, `.`, `_` or `-`, beginning with a letter or a digit",
      )
      .meta({
        description:
          "What users choose and requests call `target_host`. 1 to 63 letters, digits, `.`, `_` and `-`, beginning with a letter or a digit; unique, whatever the case.",
        example: "hv01",
      }),
    address: z.string().meta({
      description:
        "The host's WinRM listener, `https://name:5986`. The host's certificate must be valid for this name. Without a port: 5986. With `negotiate` and `ntlm` also `http://name:5985`: every message is then encrypted by what the logon agreed on.",
      example: "https://hv01.example.com:5986",
    }),
    authentication: z.enum(AUTHENTICATIONS).default("basic").meta({
      description:
        "How AetherV logs on. `basic`: user name and password inside TLS, local accounts only. `negotiate`: NTLMv2 in SPNEGO, local accounts and those of a domain; the password does not cross the network. `ntlm`: NTLMv2 alone, for what stands between and knows no SPNEGO. `kerberos`: a ticket, over https. `certificate`: the client certificate that the host has mapped to a local account. [Below](#logging-on) is what each needs.",
      example: "negotiate",
    }),
    username: z
      .string()
      .regex(/^.{1,256}$/, "must be 1 to 256 characters on one line")
      .meta({
        description:
          "An administrator of the host. With `basic` the name of a local account; with `negotiate` and `ntlm` that, `DOMAIN\\user` or `user@domain`. With `kerberos` the principal `user@REALM`, or nothing: whoever the ticket belongs to. None with `certificate`.",
        example: "aetherv",
      })
      .optional(),
    password: text
      .meta({
        description:
          "The password itself. With `basic`, `negotiate` and `ntlm` exactly one of the three; with `kerberos` and `certificate` none.",
        example: "Correct-Horse-7",
      })
      .optional(),
    password_file: text
      .meta({
        description: "A file that holds the password; one line break at its end is left out.",
        example: "secrets/hv01",
      })
      .optional(),
    password_env: text
      .meta({
        description: "The name of the environment variable that holds the password.",
        example: "HV01_PASSWORD",
      })
      .optional(),
    ca_file: text
      .meta({
        description:
          "PEM of the certificate authority that the host's certificate comes from, or of the certificate itself if it is self-signed. Without it, the authorities that Node trusts.",
        example: "ca.pem",
      })
      .optional(),
    certificate_fingerprint: z
      .string()
      .regex(
        FINGERPRINT,
        "must be the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons",
      )
      .meta({
        description:
          "SHA-256 of the host's certificate, in place of `ca_file`: this very certificate is trusted, whatever its name, its issuer and its dates, and no other. A renewed certificate has another one.",
        example:
          "5D:2A:0E:0C:9B:5C:5E:06:5B:0B:5C:0D:6A:1C:7E:1F:3C:2B:4D:8E:9F:A0:B1:C2:D3:E4:F5:06:17:28:39:4A",
      })
      .optional(),
    client_certificate_file: text
      .meta({
        description:
          "PEM of the client's certificate and what lies between it and its authority. With `certificate` only.",
        example: "secrets/aetherv.pem",
      })
      .optional(),
    client_key_file: text
      .meta({
        description: "PEM of its private key, not encrypted. With `certificate` only.",
        example: "secrets/aetherv-key.pem",
      })
      .optional(),
    allow_plaintext_that_the_network_can_read_and_change: z.boolean().default(false).meta({
      description:
        "With an `http` address: sends every message unencrypted, as the name says, to a host whose `AllowUnencrypted` is true. Passwords of guests are in those messages. Nothing needs it: `http` is encrypted without it.",
      example: true,
    }),
  })
  .superRefine((host, context) => {
    for (const { key, message } of hostProblems(host)) {
      context.addIssue({ code: "custom", path: [key], message });
    }
  });

export type HostEntry = z.output<typeof hostEntrySchema>;
