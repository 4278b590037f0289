import type { ObjectFieldTemplateProps } from "@rjsf/utils";

/** The fields of one component: two beside one another where there is room. */
export function FieldsTemplate({ properties }: ObjectFieldTemplateProps) {
  const fields = properties.filter(({ hidden }) => !hidden);
  const columns = fields.length > 1 ? "sm:grid-cols-2" : "";
  return <div className={`grid gap-x-6 gap-y-4 ${columns}`}>{fields.map(({ content }) => content)}</div>;
}
