import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import {
  hashForSchema,
  type RJSFSchema,
  type RJSFValidationError,
  retrieveSchema,
  type ValidatorType,
} from "@rjsf/utils";
import { AJV_CONFIG } from "@rjsf/validator-ajv8/lib/createAjvInstance.js";
import createPrecompiledValidator from "@rjsf/validator-ajv8/lib/createPrecompiledValidator.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { composeForm } from "./compose";
import { describeErrors, type SchemaError } from "./describe-error";
import { describeFormErrors } from "./form-errors";
import { compileFormValidator } from "./form-validator";
import { type FormValidatorModule, type FormValidators, requireHelper } from "./form-validator-helpers";
import { loadSchemas } from "./load";
import {
  declaredFields,
  type Field,
  propertiesOf,
  SCHEMA_COMPONENTS,
  type SchemaComponent,
} from "./schema-set";
import { SchemaValidators } from "./validate";

const set = loadSchemas(fileURLToPath(new URL("../../schemas", import.meta.url)));
const form = composeForm(set);
const compiled = compileFormValidator(form);

/** Runs the module as a page with a strict policy would: no `require`, no globals of Node, no `eval`. */
function load(source: string): FormValidatorModule {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  return runInContext(`${source.replaceAll(/^export /gm, "")}\n({ createValidators, schemaHash })`, context);
}

const validators: FormValidators = load(compiled.source).createValidators(requireHelper);
const main = validators[String(form.$id)] ?? fail("no validator for the form");
const browser: ValidatorType = createPrecompiledValidator(
  validators as Parameters<typeof createPrecompiledValidator>[0],
  form as RJSFSchema,
);

function fail(message: string): never {
  throw new Error(message);
}

const SAMPLES: JsonValue[] = [
  "web01",
  "CON",
  "a b",
  "",
  "windows",
  "linux",
  "static",
  "dhcp",
  "10.0.0.5",
  "300.1.1.1",
  "corp.example.com",
  "OU=Servers,DC=corp,DC=example,DC=com",
  "joiner@corp.example.com",
  "CORP\\joiner",
  "pass'word",
  "-n secret",
  "ssh-ed25519 AAAAC3Nz name@host",
  "00-15-5D-01-02-03",
  "\ud83d\ude00\ud83d\ude00",
  0,
  1,
  24,
  4.5,
  -1,
  1e9,
  true,
  null,
  [],
  {},
];

function valueFor({ schema }: Field): fc.Arbitrary<JsonValue> {
  const choices = Array.isArray(schema.enum) ? schema.enum : SAMPLES;
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...choices) },
    { weight: 2, arbitrary: fc.constantFrom(...SAMPLES) },
    { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 1, arbitrary: fc.integer() },
  );
}

const SOUND: JsonObject[] = [
  {
    vm_name: "web01",
    os_family: "windows",
    target_host: "hv01",
    cpu_cores: 2,
    gb_ram: 4,
    image_name: "server-2022",
    size_gb: 60,
    network: "prod",
    ip_behavior: "static",
    ip_address: "10.0.0.5",
    prefix_length: 24,
    gateway: "10.0.0.1",
    dns_server: "10.0.0.2",
    guest_la_uid: "admin",
    guest_la_pw: "pass'word",
    domain: "corp.example.com",
    domain_ou: "OU=Servers,DC=corp,DC=example,DC=com",
    join_account: "CORP\\joiner",
    join_password: "secret",
  },
  {
    vm_name: "db01",
    os_family: "linux",
    target_host: "hv01",
    cpu_cores: 2,
    gb_ram: 4,
    image_name: "debian-12",
    size_gb: 20,
    network: "prod",
    ansible_ssh_user: "ansible",
    ansible_ssh_key: "ssh-ed25519 AAAAC3Nz name@host",
  },
];

const fields = declaredFields(form);

/** A sound request or none, with a few fields changed, added or removed. */
const bodies: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom(...SOUND, {}),
    fc.array(
      fc
        .constantFrom(...fields)
        .chain((field) => fc.tuple(fc.constant(field.name), fc.option(valueFor(field)))),
      { maxLength: 5 },
    ),
    fc.boolean(),
  )
  .map(([base, changes, unknown]) => {
    const body: JsonObject = { ...base, ...(unknown && changes.length > 3 ? { unknown_field: 1 } : {}) };
    for (const [name, value] of changes) {
      if (value === null) delete body[name];
      else body[name] = value;
    }
    return body;
  });

const seed = Date.now() % 2 ** 31;
const runs = { seed, numRuns: 600 };

function outline(errors: unknown): unknown {
  const list = (errors ?? []) as SchemaError[];
  return list.map(({ keyword, instancePath, schemaPath, params }) => ({
    keyword,
    instancePath,
    schemaPath,
    params,
  }));
}

describe(`the form's validator (seed ${seed})`, () => {
  it("judges as Ajv2020 does, error by error", () => {
    const ajv = new Ajv2020({ ...AJV_CONFIG });
    addFormats(ajv);
    const reference = ajv.compile(form);
    let accepted = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        const expected = reference(body);
        expect(main(body)).toBe(expected);
        // Through JSON: errors made in the other context have other prototypes.
        expect(JSON.parse(JSON.stringify(outline(main.errors)))).toEqual(outline(reference.errors));
        accepted += expected ? 1 : 0;
      }),
      runs,
    );
    expect(accepted).toBeGreaterThan(runs.numRuns / 20);
    expect(accepted).toBeLessThan(runs.numRuns / 2);
  });

  it("has a validator for whatever the form asks while it draws itself", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const drawn = retrieveSchema(browser, form as RJSFSchema, form as RJSFSchema, body);
        const shown = Object.keys(drawn.properties ?? {});
        expect(shown.includes("ip_address")).toBe(body.ip_behavior === "static");
      }),
      runs,
    );
  });

  it("lets the form say what the server would answer", () => {
    const server = new SchemaValidators(set);
    const defaults = Object.fromEntries(
      propertiesOf(form).flatMap(([name, property]) =>
        property.default === undefined ? [] : [[name, property.default]],
      ),
    );
    fc.assert(
      fc.property(bodies, (partial) => {
        const body = { ...defaults, ...partial };
        const answer = server.validate("managed_deployment", body);
        const { errors } = browser.validateFormData(
          body,
          form as RJSFSchema,
          undefined,
          (raw) => describeFormErrors(form, raw) as RJSFValidationError[],
        );
        const said = errors.map(
          ({ property, message }): FieldProblem => ({
            pointer: (property ?? "").replace(".", "/"),
            message: message ?? "",
          }),
        );
        // The server looks at characters before it asks the schema.
        if (!answer.ok && answer.problems.some(({ message }) => message.startsWith("Remove the "))) return;
        expect(said).toEqual(answer.ok ? [] : answer.problems);
      }),
      runs,
    );
  });
});

describe("the validators of single components' bodies", () => {
  const server = new SchemaValidators(set);
  const updates = SCHEMA_COMPONENTS.map((name) => server.updateSchema(name));
  const specs = SCHEMA_COMPONENTS.map((name) => server.schema(name));
  const samples = [
    ["vm", { vm_name: "a b", cpu_cores: 0, gb_ram: 4 }],
    ["vm", { vm_name: "web01", cpu_cores: 2, gb_ram: 4 }],
    ["disk", { size_gb: 1.5 }],
    ["disk", { size_gb: 80 }],
    ["nic", { network: "", adapter_name: " Front", mac_address: "00-15-5D" }],
    ["nic", { network: "Servers", adapter_name: "Front", mac_address: "00-15-5D-00-00-01" }],
  ] as const;

  it.each([
    [
      "to change one",
      updates,
      (component: SchemaComponent, body: JsonObject) => server.validateUpdate(component, body),
    ],
    [
      "to make one",
      specs,
      (component: SchemaComponent, body: JsonObject) => server.validate(component, body),
    ],
  ] as const)("let the form say what the server would answer: %s", (_, schemas, judge) => {
    for (const [component, body] of samples) {
      const schema = schemas[SCHEMA_COMPONENTS.indexOf(component)] ?? fail("no schema");
      const validator = load(compileFormValidator(schema).source).createValidators(requireHelper)[
        String(schema.$id)
      ];
      const valid = validator?.(body);
      const answer = judge(component, body);
      const told = describeErrors(schema, (validator?.errors ?? []) as SchemaError[]);
      expect(told, JSON.stringify(body)).toEqual(answer.ok ? [] : answer.problems);
      expect(valid).toBe(answer.ok);
    }
  });
});

describe("compileFormValidator", () => {
  it("names its source by a hash that both sides can compare", () => {
    expect(compileFormValidator(composeForm(set))).toEqual(compiled);
    expect(load(compiled.source).schemaHash).toBe(compiled.hash);
    const other = compileFormValidator({ ...form, title: "Another" });
    expect(other.hash).not.toBe(compiled.hash);
  });

  it("asks for the helpers of the table and nothing else", () => {
    const asked = new Set<string>();
    load(compiled.source).createValidators((helper) => {
      asked.add(helper);
      return requireHelper(helper);
    });
    expect([...asked].every((helper) => requireHelper(helper) !== undefined)).toBe(true);
    expect(() => requireHelper("ajv/dist/runtime/uri")).toThrow("unknown helper");
  });

  it("has the conditions inside a choice, which the form library's own collector passes by", () => {
    const text = '{"oneOf":[{"title":"A","if":{"required":["deep"]},"then":{"required":["deeper"]}}]}';
    const choice: JsonObject = JSON.parse(text);
    const { source } = compileFormValidator({ ...form, properties: { choice } });
    const names = Object.keys(load(source).createValidators(requireHelper));
    expect(names).toContain(hashForSchema({ required: ["deep"] }));
  });

  it("refuses at start what the browser could not run", () => {
    expect(() => compileFormValidator({ ...form, $async: true })).toThrow(
      "needs ajv/dist/runtime/validation_error, which the browser does not have",
    );
  });
});
