import { CopyButton } from "@/components/ui/copy-button";

const EXAMPLE = `{
  "hosts": [
    {
      "name": "hv01",
      "address": "https://hv01.example.com:5986",
      "username": "aetherv",
      "password_file": "secrets/hv01",
      "ca_file": "ca.pem"
    }
  ]
}`;

/** In the place of hosts while none is configured: how one begins. */
export function NoHosts() {
  return (
    <section
      aria-labelledby="no-hosts"
      className="grid gap-x-8 gap-y-5 rounded-lg border border-line bg-surface p-5 sm:p-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
    >
      <div>
        <h2 id="no-hosts" className="font-semibold text-lg">
          No hosts are configured
        </h2>
        <p className="mt-1 text-muted">AetherV shows what Hyper-V says. Tell it where to ask:</p>
        <ol className="mt-4 list-decimal space-y-2.5 pl-5 marker:text-muted">
          <li>
            Prepare the host: a WinRM listener on HTTPS with a certificate for its name, and a local
            administrator for AetherV (<code className="font-mono">docs/host-setup.md</code>).
          </li>
          <li>
            Name it under <code className="font-mono">hosts</code> in the configuration file:{" "}
            <code className="font-mono">aetherv.config.json</code> where the server starts, or the file that{" "}
            <code className="font-mono">AETHERV_CONFIG</code> names (
            <code className="font-mono">docs/configuration.md</code>).
          </li>
          <li>
            Restart the server. Each host is read at once; if one does not answer, this page says why and what
            to do.
          </li>
        </ol>
      </div>
      <figure className="min-w-0">
        <figcaption className="mb-1.5 flex flex-wrap items-center justify-between gap-2 text-muted text-sm">
          <code className="font-mono">aetherv.config.json</code>
          <CopyButton what="example" text={EXAMPLE} />
        </figcaption>
        <pre className="whitespace-pre-wrap break-words rounded-md bg-raised p-3 font-mono text-sm leading-5">
          {EXAMPLE}
        </pre>
      </figure>
    </section>
  );
}
