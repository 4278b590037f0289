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

/** The validators of the form, compiled for the browser. */
export interface FormScript {
  hash: string;
  source: string;
}

/** The schemas as the API publishes them. They do not change while the server runs. */
export class SchemaCatalogue {
  readonly #schemas: ReadonlyMap<string, JsonObject>;
  readonly #form: JsonObject;
  readonly #script: FormScript;

  /**
   * @param schemas by the name they are published under
   * @param form the composed schema that `script` was compiled from
   */
  constructor(schemas: Readonly<Record<string, JsonObject>>, form: JsonObject, script: FormScript) {
    this.#schemas = new Map(Object.entries(schemas));
    this.#form = form;
    this.#script = script;
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
    const schema = this.#schemas.get(name);
    if (schema !== undefined) return schema;
    const names = [...this.#schemas.keys()].join(", ");
    throw new AethervError("not_found", `There is no such schema; there are ${names}.`, {
      next: `GET ${BASE} lists the schemas.`,
    });
  }

  form(): { schema: JsonObject; version: string; validator: string } {
    return {
      schema: this.#form,
      version: textOf(this.#form, "version"),
      validator: `${BASE}/${scriptName(this.#script)}`,
    };
  }

  /** The form's validators, if that is what `name` names; null: it names something else. */
  script(name: string): string | null {
    return name === scriptName(this.#script) ? this.#script.source : null;
  }
}

function scriptName({ hash }: FormScript): string {
  return `form.${hash}.js`;
}
