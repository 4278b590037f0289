import { AethervError } from "@/lib/domain/errors";
import type { JsonObject } from "@/lib/domain/json";
import { textOf } from "@/lib/schema/schema-set";

const BASE = "/api/v1/schemas";

export interface SchemaEntry {
  name: string;
  title: string;
  version: string;
  href: string;
}

/** A form's validators, compiled for the browser. */
export interface FormScript {
  hash: string;
  source: string;
}

/** What a form is drawn from, and the script that judges what is typed there. */
export interface CompiledForm {
  schema: JsonObject;
  script: FormScript;
}

/** A form as it is answered. */
export interface FormAnswer {
  schema: JsonObject;
  version: string;
  /** The address of its script. */
  validator: string;
}

/** The schemas as the API publishes them. They do not change while the server runs. */
export class SchemaCatalogue {
  readonly #schemas: ReadonlyMap<string, JsonObject>;
  readonly #newVm: CompiledForm;
  readonly #bodies: ReadonlyMap<string, CompiledForm>;
  readonly #scripts: ReadonlyMap<string, string>;

  /**
   * @param schemas by the name they are published under
   * @param newVm the composed form
   * @param bodies the forms of single components' bodies, each under the name of its schema
   */
  constructor(
    schemas: Readonly<Record<string, JsonObject>>,
    newVm: CompiledForm,
    bodies: Readonly<Record<string, CompiledForm>>,
  ) {
    this.#schemas = new Map(Object.entries(schemas));
    this.#newVm = newVm;
    this.#bodies = new Map(Object.entries(bodies));
    const all = [newVm, ...this.#bodies.values()];
    this.#scripts = new Map(all.map(({ script }) => [scriptName(script), script.source]));
  }

  list(): SchemaEntry[] {
    return [...this.#schemas].map(([name, schema]) => ({
      name,
      title: textOf(schema, "title"),
      version: textOf(schema, "version"),
      href: `${BASE}/${name}`,
    }));
  }

  /** @throws AethervError `not_found` */
  get(name: string): JsonObject {
    return found(this.#schemas, name, "such schema");
  }

  /** The New VM form. */
  form(): FormAnswer {
    return answerOf(this.#newVm);
  }

  /**
   * The form of one component's body.
   *
   * @throws AethervError `not_found`
   */
  bodyForm(name: string): FormAnswer {
    return answerOf(found(this.#bodies, name, "form of such a body"));
  }

  /** A form's validators, if that is what `name` names; null: it names something else. */
  script(name: string): string | null {
    return this.#scripts.get(name) ?? null;
  }
}

function found<Value>(all: ReadonlyMap<string, Value>, name: string, what: string): Value {
  const value = all.get(name);
  if (value !== undefined) return value;
  throw new AethervError("not_found", `There is no ${what}; there are ${[...all.keys()].join(", ")}.`, {
    next: `GET ${BASE} lists the schemas.`,
  });
}

function answerOf({ schema, script }: CompiledForm): FormAnswer {
  return { schema, version: textOf(schema, "version"), validator: `${BASE}/${scriptName(script)}` };
}

function scriptName({ hash }: FormScript): string {
  return `form.${hash}.js`;
}
