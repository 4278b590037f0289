import { readFileSync } from "node:fs";
import { z } from "zod";
import { FILE_VARIABLE, HOSTS_VARIABLE, variableOf } from "@/lib/config/environment";
import { hostEntrySchema } from "@/lib/config/host-schema";
import { settingsSchema } from "@/lib/config/settings";

/** What is read here of the JSON Schema that zod makes of a setting. */
const settingShape = z.object({
  description: z.string(),
  example: z.json(),
  unit: z.string().optional(),
  default: z.json().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
});
const sectionShape = z.object({
  description: z.string().optional(),
  properties: z.record(z.string(), settingShape),
  required: z.array(z.string()).default([]),
});
type Setting = z.output<typeof settingShape>;
type Section = z.output<typeof sectionShape>;

/** The first file that one writes: a host, and one setting changed. */
export const EXAMPLE_FILE = {
  hosts: [
    {
      name: "hv01",
      address: "https://hv01.example.com:5986",
      username: "aetherv",
      password_file: "secrets/hv01",
      ca_file: "ca.pem",
    },
  ],
  inventory: { period_seconds: 30 },
};

const VARIABLES = [
  [FILE_VARIABLE, "`./aetherv.config.json`, if it is there", "The configuration file."],
  [
    HOSTS_VARIABLE,
    "the file's `hosts`",
    'The hosts as a JSON array, written as in the file: `[{"name": "hv01", …}]`.',
  ],
  [
    "PORT",
    "3000",
    "The port on the loopback interface, for `npm start` and `npm run demo`; `npm start` takes a free one for 0.",
  ],
  [
    "AETHERV_DEMO_TIME_FACTOR",
    "0.15",
    "`npm run demo` only: the part of its time that an operation takes on a simulated host.",
  ],
] as const;

/** docs/configuration.md, whole. */
export function configurationPage(): string {
  const template = readFileSync(new URL("configuration.template.md", import.meta.url), "utf8");
  const parts: Record<string, string> = {
    example: json(EXAMPLE_FILE),
    hosts: hostTable(sectionOf(hostEntrySchema)),
    sections: sections()
      .map(([name, section]) => sectionText(name, section))
      .join("\n\n"),
    variables: table(
      ["Variable", "Without it", "Meaning"],
      VARIABLES.map(([name, fallback, meaning]) => [code(name), fallback, meaning]),
    ),
    everything: json(everyKey()),
  };
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`The template asks for {{${name}}}, which nothing makes.`);
    return part;
  });
}

/** A configuration that gives each key its example. Not all keys of a host go together, so there are two hosts. */
export function everyKey(): Record<string, unknown> {
  const {
    password,
    password_file,
    client_certificate_file,
    client_key_file,
    certificate_fingerprint,
    allow_plaintext_that_the_network_can_read_and_change,
    ...first
  } = examplesOf(sectionOf(hostEntrySchema));
  const second = {
    name: "hv02",
    address: "https://hv02.example.com:5986",
    authentication: "certificate",
    client_certificate_file,
    client_key_file,
    certificate_fingerprint,
  };
  const settings = sections().map(([name, section]) => [name, examplesOf(section)] as const);
  return { hosts: [first, second], ...Object.fromEntries(settings) };
}

function sections(): [name: string, section: Section][] {
  return Object.entries(settingsSchema.shape).map(([name, schema]) => [name, sectionOf(schema)]);
}

/** Fails for a key without a description or an example. */
function sectionOf(schema: z.ZodType): Section {
  return sectionShape.parse(z.toJSONSchema(schema, { io: "input" }));
}

function examplesOf({ properties }: Section): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([key, { example }]) => [key, example]));
}

function hostTable({ properties, required }: Section): string {
  return table(
    ["Key", "Meaning", "Example"],
    Object.entries(properties).map(([key, setting]) => {
      const must = required.includes(key) ? "Required. " : "";
      const choices = setting.enum === undefined ? "" : ` One of ${setting.enum.map(code).join(", ")}`;
      const fallback = setting.default === undefined ? "" : `, without it ${code(String(setting.default))}`;
      const allowed = choices === "" ? "" : `${choices}${fallback}.`;
      return [code(key), must + setting.description + allowed, value(setting.example)];
    }),
  );
}

function sectionText(name: string, { description = "", properties }: Section): string {
  const rows = Object.entries(properties).map(([key, setting]) => [
    `${code(key)}<br>${code(variableOf(name, key))}`,
    setting.description,
    defaultOf(setting),
    rangeOf(setting),
    value(setting.example),
  ]);
  const head = ["Key and variable", "Meaning", "Default", "Allowed", "Example"];
  return [`## ${code(name)}`, description, table(head, rows)].join("\n\n");
}

function defaultOf({ default: fallback, unit = "" }: Setting): string {
  if (fallback === null) return "none";
  return `${value(fallback)} ${fallback === 1 ? unit.replace(/s$/, "") : unit}`.trim();
}

function rangeOf({ default: fallback, minimum, maximum, enum: choices }: Setting): string {
  if (typeof fallback === "boolean") return [true, false].map(value).join(", ");
  if (choices !== undefined) return choices.map(code).join(", ");
  if (minimum !== undefined && maximum !== undefined) return `${figure(minimum)} to ${figure(maximum)}`;
  return "text";
}

function value(given: unknown): string {
  return typeof given === "number" ? figure(given) : code(String(given));
}

/** Five digits and more in groups. */
function figure(number: number): string {
  return number < 10_000 ? String(number) : number.toLocaleString("en-US");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string) => `\`${text}\``;
const json = (content: unknown) => JSON.stringify(content, null, 2);
