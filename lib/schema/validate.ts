import type { ValidateFunction } from "ajv/dist/2020.js";
import type { FieldValues } from "@/lib/domain/field-values";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { Secret } from "@/lib/domain/secret";
import { bodyProblems } from "./body-rules";
import { composeForm, composeGuestHardware, composeInitialization, hardwareSchema } from "./compose";
import { describeErrors } from "./describe-error";
import { declaredFields, type Field, propertiesOf, type SchemaComponent, type SchemaSet } from "./schema-set";
import { strictAjv } from "./strict-ajv";
import { updateRefusals, updateSchema } from "./update";

/** What a body can be validated as: the flat request, a component's hardware, or what the guest is told. */
export const VALIDATION_TARGETS = ["managed_deployment", "vm", "disk", "nic", "initialization"] as const;
export type ValidationTarget = (typeof VALIDATION_TARGETS)[number];

export type ValidationResult = { ok: true; value: FieldValues } | { ok: false; problems: FieldProblem[] };

/** More are not reported: a request with so many mistakes was not written by hand. */
const MAX_PROBLEMS = 50;

interface Compiled {
  schema: JsonObject;
  check: ValidateFunction;
  fields: ReadonlyMap<string, Field>;
}

/** Validates request bodies by the schemas. Compiled once; holds nothing of what it sees. */
export class SchemaValidators {
  readonly #targets: Readonly<Record<ValidationTarget, Compiled>>;
  readonly #updates: Readonly<Record<SchemaComponent, Compiled>>;
  readonly #guestHardware: Compiled;
  readonly #set: SchemaSet;

  constructor(set: SchemaSet) {
    this.#set = set;
    this.#targets = {
      managed_deployment: compile(composeForm(set)),
      vm: compile(hardwareSchema(set, "vm")),
      disk: compile(hardwareSchema(set, "disk")),
      nic: compile(hardwareSchema(set, "nic")),
      initialization: compile(composeInitialization(set)),
    };
    this.#updates = {
      vm: compile(updateSchema(set, "vm")),
      disk: compile(updateSchema(set, "disk")),
      nic: compile(updateSchema(set, "nic")),
    };
    this.#guestHardware = compile(composeGuestHardware(set));
  }

  /** The composed schema that a target's bodies must satisfy. */
  schema(target: ValidationTarget): JsonObject {
    return this.#targets[target].schema;
  }

  /**
   * Judges a body as it was parsed from JSON; the body itself stays as it is. On success: a copy with
   * defaults filled in and every secret wrapped. Otherwise: the problems, each with its field's pointer.
   */
  validate(target: ValidationTarget, body: JsonObject): ValidationResult {
    return judge(this.#targets[target], body);
  }

  /** The schema that what changes a component must satisfy. */
  updateSchema(component: SchemaComponent): JsonObject {
    return this.#updates[component].schema;
  }

  /** As {@link validate}, of what is to change of a component: a field that cannot be changed is refused by name. */
  validateUpdate(component: SchemaComponent, body: JsonObject): ValidationResult {
    const refusals = updateRefusals(this.#set[component], body);
    if (refusals.length === 0) return judge(this.#updates[component], body);
    const refused = new Set(refusals.map(({ pointer }) => pointer));
    const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !refused.has(pointerTo(name))));
    const judged: ValidationResult =
      Object.keys(rest).length === 0 ? { ok: true, value: {} } : judge(this.#updates[component], rest);
    const problems = judged.ok ? refusals : [...refusals, ...judged.problems];
    return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
  }

  /**
   * Why a guest cannot be told what Hyper-V says of its hardware: the name of a VM that was made elsewhere
   * may be no host name.
   *
   * @param body a validated initialization
   * @param hardware values as Hyper-V reports them, by their field's name
   */
  guestHardwareProblems(body: FieldValues, hardware: Readonly<Record<string, JsonValue>>): FieldProblem[] {
    const { schema, check } = this.#guestHardware;
    if (check({ ...body, ...hardware })) return [];
    const pointers = new Set(Object.keys(hardware).map((name) => pointerTo(name)));
    return describeErrors(schema, check.errors ?? []).filter(({ pointer }) => pointers.has(pointer));
  }
}

function judge(compiled: Compiled, body: JsonObject): ValidationResult {
  const problems = bodyProblems(body);
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
  const value = withDefaults(compiled, body);
  if (!compiled.check(value)) {
    problems.push(...describeErrors(compiled.schema, compiled.check.errors ?? []));
  }
  problems.push(...placeholderProblems(compiled, value));
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
  return { ok: true, value: wrapSecrets(compiled, value) };
}

function compile(schema: JsonObject): Compiled {
  const ajv = strictAjv({ useDefaults: true });
  const fields = new Map(declaredFields(schema).map((field) => [field.name, field]));
  return { schema, check: ajv.compile(schema), fields };
}

/**
 * AJV fills in a branch's defaults while it validates, and root defaults only after the conditions that
 * may depend on them. So: the root's first, then as many passes as add something.
 */
function withDefaults({ schema, check, fields }: Compiled, body: JsonObject): JsonObject {
  const value: JsonObject = { ...body };
  for (const [name, property] of propertiesOf(schema)) {
    if (value[name] === undefined && property.default !== undefined) {
      value[name] = structuredClone(property.default);
    }
  }
  for (let pass = 0; pass < fields.size; pass += 1) {
    const before = Object.keys(value).length;
    check(value);
    if (Object.keys(value).length === before) break;
  }
  return value;
}

/** `<guest_la_pw>` is what the examples of the API show in a secret's place. */
function placeholderProblems({ fields }: Compiled, value: JsonObject): FieldProblem[] {
  return [...fields.values()]
    .filter(({ name, meta }) => meta.secret && value[name] === `<${name}>`)
    .map(({ name }) => ({
      pointer: pointerTo(name),
      message: `Put the real value in the place of \`<${name}>\`.`,
    }));
}

function wrapSecrets({ fields }: Compiled, value: JsonObject): FieldValues {
  const entries = Object.entries(value).map(([name, item]) => {
    const secret = fields.get(name)?.meta.secret === true && typeof item === "string";
    return [name, secret ? new Secret(item) : item] as const;
  });
  return Object.fromEntries(entries);
}
