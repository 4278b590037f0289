import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Tabs } from "@/components/ui/tabs";
import { requestTexts, type ShownRequest } from "./request-texts";

/** A request as JSON, for curl and for PowerShell, each to be copied. Only for the browser: it names its server. */
export function RequestTextsTabs({ request }: { request: ShownRequest }) {
  const { json, curl, powershell } = requestTexts(request, window.location.origin);
  return (
    <Tabs
      label="Form of the request"
      tabs={[
        { name: "JSON", content: json === null ? <NoBody /> : <Text what="JSON" text={json} /> },
        { name: "curl", content: <Text what="curl" text={curl} /> },
        { name: "PowerShell", content: <Text what="PowerShell" text={powershell} /> },
      ]}
    />
  );
}

function NoBody() {
  return <p className="text-muted">This request has no body: its address says everything.</p>;
}

function Text({ what, text }: { what: string; text: string }) {
  return (
    <div className="space-y-2">
      <CodeBlock label={`The request as ${what}`} text={text} />
      <CopyButton what={what} text={text} />
    </div>
  );
}
