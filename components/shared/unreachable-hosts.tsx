import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { TextLink } from "@/components/ui/text-link";
import { sentence } from "@/lib/domain/attention/item";
import type { HostView } from "@/lib/domain/inventory";
import { hostAddress } from "./addresses";
import { Time } from "./time";

/** More hosts than these would push away what the page is about. */
const TOLD = 3;

/** Names each host that could not be read, why, and what to do; nothing where all could. */
export function UnreachableHosts({ hosts }: { hosts: readonly HostView[] }) {
  const unread = hosts.filter((host) => host.state === "unreachable");
  const [first] = unread;
  if (first === undefined) return null;
  const one = unread.length === 1;
  const list = (
    <ul className="space-y-1">
      {unread.map((host) => (
        <li key={host.name}>
          <UnreachableHost host={host} />
        </li>
      ))}
    </ul>
  );
  return (
    <Alert
      tone="warn"
      title={one ? `${first.name} could not be read` : `${unread.length} hosts could not be read`}
    >
      <p>What is shown of {one ? "it" : "them"} is what was known last.</p>
      {unread.length <= TOLD ? (
        list
      ) : (
        <details>
          <summary className="min-h-6 w-fit">Which, why, and what to do</summary>
          {list}
        </details>
      )}
    </Alert>
  );
}

/** Which host could not be read, since when, why, and what to do. */
export function UnreachableHost({ host: { name, error } }: { host: HostView }) {
  return (
    <>
      <TextLink href={hostAddress(name)} prefetch={false} className="font-medium">
        {name}
      </TextLink>
      {error === null ? null : (
        <>
          , since <Time iso={error.since} />: <CodeText text={`${sentence(error.message)} ${error.next}`} />
        </>
      )}
    </>
  );
}
