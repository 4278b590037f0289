import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { composeForm, composeInitialization, hardwareSchema } from "./compose";
import { compileFormValidator } from "./form-validator";
import { generateGuestConfig } from "./guest-config";
import { loadSchemas } from "./load";
import { declaredFields, propertiesOf } from "./schema-set";
import { splitRequest } from "./split";
import { SchemaValidators } from "./validate";

/** They share no field, guest key or section with the shipped ones: what works with them knows none by name. */
const set = loadSchemas(fileURLToPath(new URL("../../tests/support/other-schemas", import.meta.url)));
const validators = new SchemaValidators(set);

const REQUEST = {
  hull: "pine",
  flag: "red",
  canvas: "linen",
  course: "plotted",
  bearing: 0,
  windward: false,
  barrels: 120,
  captain: "Ahab",
  cipher: "white whale",
};

function names(schema: Parameters<typeof declaredFields>[0]): string[] {
  return declaredFields(schema).map(({ name }) => name);
}

describe("a schema set with entirely different fields", () => {
  it("composes a flat form in the order of its own sections", () => {
    const form = composeForm(set);
    expect(propertiesOf(form).map(([name]) => name)).toEqual([
      "course",
      "canvas",
      "hull",
      "flag",
      "barrels",
      "captain",
      "cipher",
      "masts",
    ]);
    expect(names(form)).toEqual(expect.arrayContaining(["ballast", "pump", "bearing", "windward"]));
    expect(form.required).toEqual(["hull", "flag", "canvas"]);
  });

  it("derives the component APIs and the initialization", () => {
    expect(names(hardwareSchema(set, "vm"))).toEqual(["hull", "masts", "flag"]);
    expect(names(hardwareSchema(set, "disk"))).toEqual(["barrels", "ballast", "pump"]);
    expect(names(hardwareSchema(set, "nic"))).toEqual(["canvas"]);
    expect(names(composeInitialization(set)).sort()).toEqual(
      ["flag", "captain", "cipher", "course", "bearing", "windward", "force"].sort(),
    );
  });

  it("validates, splits and generates by the flags alone", () => {
    const result = validators.validate("managed_deployment", REQUEST);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));

    const parts = splitRequest(set, result.value);
    expect(parts.vm).toEqual({ hull: "pine", masts: 3, flag: "red" });
    expect(parts.disk).toEqual({ barrels: 120, ballast: true });
    expect(parts.nic).toEqual({ canvas: "linen" });
    expect(Object.keys(parts.guest).sort()).toEqual(
      ["flag", "captain", "cipher", "course", "bearing", "windward"].sort(),
    );
    expect(parts.guest.cipher).toBeInstanceOf(Secret);
    expect(validators.validate("initialization", { ...parts.guest, cipher: REQUEST.cipher }).ok).toBe(true);

    const config = [...generateGuestConfig(set, result.value)].map(([key, value]) => [
      key,
      value instanceof Secret ? value.reveal() : value,
    ]);
    expect(config).toEqual([
      ["bearing", "0"],
      ["captain", "Ahab"],
      ["cipher", "white whale"],
      ["windward", "false"],
      ["zz_hull", "pine"],
    ]);
  });

  it("says what is wrong in the words of its own schemas", () => {
    const result = validators.validate("managed_deployment", {
      hull: "PINEWOOD",
      flag: "green",
      canvas: 3,
      barrels: 5,
      ballast: true,
      masts: 6,
      captain: "Ahab",
      bearing: 12,
    });
    if (result.ok) throw new Error("it was accepted");
    expect(Object.fromEntries(result.problems.map(({ pointer, message }) => [pointer, message]))).toEqual({
      "/hull": "Small letters only.",
      "/flag": "Flag must be one of: red, blue.",
      "/canvas": "Canvas must be a text.",
      "/masts": "Masts must be between 1 and 5 masts.",
      "/cipher": "A captain keeps a cipher.",
      "/ballast": "Ballast does not apply together with the other values: leave it out.",
      "/bearing": "Bearing applies only when Course is plotted: leave it out otherwise.",
    });
    const red = validators.validate("managed_deployment", { ...REQUEST, hull: "pinewood" });
    expect(red).toEqual({
      ok: false,
      problems: [{ pointer: "/hull", message: "Red hulls have short names." }],
    });
  });

  it("compiles the validators of its form", () => {
    expect(compileFormValidator(composeForm(set)).source).toContain("export function createValidators");
  });
});
