import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { CodeText } from "@/components/ui/code-text";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields, propertiesOf, stringsOf } from "@/lib/schema/schema-set";
import { Paragraphs } from "./code-words";
import { Fold } from "./fold";
import { TypeText } from "./type-text";

interface Member {
  name: string;
  schema: JsonObject;
  presence: "always" | "may be absent" | "depends on others";
}

/** A named schema: its members, and the schema itself. */
export function SchemaSection({ name, schema }: { name: string; schema: JsonObject }) {
  const members = membersOf(schema);
  const { description = "" } = schema;
  return (
    <Card title={name}>
      <div className="space-y-3">
        {description === "" ? null : (
          <div className="max-w-[75ch] text-sm">
            <Paragraphs text={String(description)} />
          </div>
        )}
        {members.length > 0 ? (
          <MemberTable of={name} members={members} />
        ) : (
          <p className="text-sm [overflow-wrap:anywhere]">
            <TypeText schema={schema} />
          </p>
        )}
        <Fold title="As JSON Schema">
          <CodeBlock label={`JSON Schema of ${name}`} text={JSON.stringify(schema, null, 2)} />
        </Fold>
      </div>
    </Card>
  );
}

function MemberTable({ of, members }: { of: string; members: readonly Member[] }) {
  const head = (
    <>
      <Th>Member</Th>
      <Th>Type</Th>
      <Th>There</Th>
      <Th>Meaning</Th>
    </>
  );
  return (
    <Table caption={`Members of ${of}`} head={head}>
      {members.map(({ name, schema, presence }) => (
        <tr key={name}>
          <RowHeader className="font-mono text-xs">{name}</RowHeader>
          <Td className="min-w-32">
            <TypeText schema={schema} />
          </Td>
          <Td>{presence}</Td>
          <Td className="min-w-56">
            <CodeText text={String(schema.description ?? "")} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

/** A body's schema adds fields under conditions; the schemas of answers do not, and some members are references. */
function membersOf(schema: JsonObject): Member[] {
  const required = new Set(stringsOf(schema.required));
  const own = propertiesOf(schema).map(([name, property]): Member => {
    return { name, schema: property, presence: required.has(name) ? "always" : "may be absent" };
  });
  const added = declaredFields(schema)
    .filter(({ conditional }) => conditional)
    .map(({ name, schema: field }): Member => ({ name, schema: field, presence: "depends on others" }));
  return [...own, ...added];
}
