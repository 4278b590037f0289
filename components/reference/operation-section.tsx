import { CodeBlock } from "@/components/ui/code-block";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { Paragraphs } from "./code-words";
import type { Answer, Parameter, Problem, ReferenceOperation } from "./document";
import { Fold } from "./fold";
import { TypeText } from "./type-text";

interface OperationSectionProps {
  operation: ReferenceOperation;
  /** It as a command for a shell. */
  curl: string;
}

/** One operation: what it is given, what it answers, and what it refuses. */
export function OperationSection({ operation, curl }: OperationSectionProps) {
  const { id, method, path, summary, description, parameters, body, answers, problems } = operation;
  return (
    <article aria-label={summary} className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="border-line border-b px-4 py-2.5">
        <h3 className="font-semibold">{summary}</h3>
        <p className="font-mono text-sm [overflow-wrap:anywhere]">
          <span className={method === "DELETE" ? "font-semibold text-bad" : "font-semibold text-accent"}>
            {method}
          </span>{" "}
          {path}
        </p>
      </div>
      <div className="space-y-4 p-4">
        {description === "" ? null : (
          <div className="max-w-[75ch]">
            <Paragraphs text={description} />
          </div>
        )}
        {parameters.length > 0 ? <ParameterTable parameters={parameters} of={summary} /> : null}
        {body === null ? null : (
          <p className="text-sm">
            <span className="font-medium">Body:</span> <TypeText schema={body.schema} />
            {body.required ? "" : ", which may be left out"}
          </p>
        )}
        <Answers answers={answers} of={summary} />
        <Fold title="Refused with" meta={`${problems.length} codes`}>
          <Problems problems={problems} />
        </Fold>
        <Fold title="As a curl command">
          <div className="space-y-2">
            <CodeBlock label={`curl command of ${id}`} text={curl} />
            <CopyButton what="command" text={curl} />
          </div>
        </Fold>
      </div>
    </article>
  );
}

function ParameterTable({ parameters, of }: { parameters: readonly Parameter[]; of: string }) {
  const head = (
    <>
      <Th>Parameter</Th>
      <Th>In</Th>
      <Th>Type</Th>
      <Th>Meaning</Th>
    </>
  );
  return (
    <Table caption={`Parameters of ${of}`} head={head}>
      {parameters.map(({ name, place, required, description, schema }) => (
        <tr key={`${place} ${name}`}>
          <RowHeader className="font-mono text-xs">{name}</RowHeader>
          <Td className="whitespace-nowrap">{required ? place : `${place}, optional`}</Td>
          <Td>
            <TypeText schema={schema} />
          </Td>
          <Td className="min-w-56">
            <CodeText text={description} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Answers({ answers, of }: { answers: readonly Answer[]; of: string }) {
  return (
    <ul className="space-y-2 text-sm">
      {answers.map(({ status, description, contents, headers }) => (
        <li key={status}>
          <span className="font-mono font-semibold">{status}</span> <CodeText text={description} />
          {headers.length > 0 ? <span className="text-muted"> With {headers.join(", ")}.</span> : null}
          {contents.map(({ media, schema, example }) => (
            <div key={media} className="mt-1">
              <span className="text-muted">{media}:</span> <TypeText schema={schema} />
              {example === undefined ? null : (
                <Fold title={`Example of ${status}`}>
                  <CodeBlock
                    label={`Example of ${status} of ${of}`}
                    text={JSON.stringify(example, null, 2)}
                  />
                </Fold>
              )}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** What to do about each, the table of all codes says. */
function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="space-y-1">
      {problems.map(({ code, status, title }) => (
        <li key={code}>
          <span className="font-mono font-semibold">{status}</span>{" "}
          <a href="#problems" className="font-mono text-accent text-xs hover:underline">
            {code}
          </a>{" "}
          <span className="text-muted">{title}</span>
        </li>
      ))}
    </ul>
  );
}
