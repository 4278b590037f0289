import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import type { JsonObject } from "@/lib/domain/json";
import { Paragraphs } from "./code-words";
import { curlOf } from "./curl";
import { chaptersOf, operationsOf, problemsOf, schemasOf } from "./document";
import { OperationSection } from "./operation-section";
import { ProblemTable } from "./problem-table";
import { SchemaSection } from "./schema-section";
import { type Group, SearchableGroups } from "./searchable-groups";

interface ReferenceProps {
  /** The API's OpenAPI document; null: the server is still starting. */
  document: JsonObject | null;
  /** Of this server, as examples name it. */
  origin: string;
}

/** All of the API, from its own document. */
export function Reference({ document, origin }: ReferenceProps) {
  if (document === null) {
    return (
      <Alert tone="busy" title="The server is still starting">
        Load this page again in a moment.
      </Alert>
    );
  }
  const info = document.info as JsonObject;
  return (
    <>
      <PageHeader
        title="API reference"
        summary={
          <>
            Version {String(info.version)}, also as{" "}
            <a
              href="/api/v1/openapi.json"
              className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
            >
              OpenAPI 3.1 document
            </a>
          </>
        }
      />
      <div className="mb-6 max-w-[75ch] space-y-2">
        <Paragraphs text={String(info.description)} />
      </div>
      <SearchableGroups groups={groupsOf(document, origin)} />
    </>
  );
}

function groupsOf(document: JsonObject, origin: string): Group[] {
  const operations = operationsOf(document);
  const chapters = chaptersOf(document).map(({ name, title, description }) => ({
    title,
    description,
    entries: operations
      .filter(({ tag }) => tag === name)
      .map((operation) => ({
        id: operation.id,
        label: operation.summary,
        words: [
          operation.method,
          operation.path,
          operation.summary,
          operation.description,
          operation.id,
          ...operation.parameters.map((parameter) => parameter.name),
          ...operation.problems.map(({ code }) => code),
        ].join(" "),
        content: <OperationSection operation={operation} curl={curlOf(operation, origin)} />,
      })),
  }));
  const schemas = schemasOf(document).map(([name, schema]) => ({
    id: `schema-${name}`,
    label: name,
    words: `${name} ${String(schema.description ?? "")} ${Object.keys(schema.properties ?? {}).join(" ")}`,
    content: <SchemaSection name={name} schema={schema} />,
  }));
  const problems = problemsOf(document);
  return [
    ...chapters,
    { title: "What is sent and answered", description: "Every named schema.", entries: schemas },
    {
      title: "Problems",
      description: "Every code that a request is refused with, or that a failed job carries.",
      entries: [
        {
          id: "problems",
          label: "All codes",
          words: problems.map(({ code, title }) => `${code} ${title}`).join(" "),
          content: <ProblemTable caption="All problem codes" problems={problems} />,
        },
      ],
    },
  ];
}
