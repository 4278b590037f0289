import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import { requestTexts } from "./request-texts";

const SCHEMA: JsonObject = {
  properties: {
    name: { type: "string" },
    pw: { type: "string", format: "password", "x-aetherv": { secret: true } },
  },
};

describe("a request as text", () => {
  test("has placeholders for its secrets, and only for those that it holds", () => {
    const { json } = requestTexts(SCHEMA, { name: "a", pw: "canary" }, "http://x");
    expect(JSON.parse(json)).toEqual({ name: "a", pw: "<pw>" });
    expect(JSON.parse(requestTexts(SCHEMA, { name: "a" }, "http://x").json)).toEqual({ name: "a" });
  });

  test("never contains a secret", () => {
    const texts = requestTexts(SCHEMA, { name: "a", pw: "canary" }, "http://x");
    expect(Object.values(texts).join()).not.toContain("canary");
  });

  test("cannot be ended by a value", () => {
    const name = "x\nREQUEST\n'@\n$(reboot) `id` ' \" \\";
    const { curl, powershell } = requestTexts(SCHEMA, { name }, "http://x");
    const bodyOf = (text: string, begin: string, end: string) =>
      JSON.parse(text.slice(text.indexOf(begin) + begin.length, text.lastIndexOf(end)));
    expect(bodyOf(curl, "<<'REQUEST'\n", "\nREQUEST")).toEqual({ name });
    expect(curl.split("\n").filter((line) => line === "REQUEST")).toHaveLength(1);
    expect(bodyOf(powershell, "@'\n", "\n'@")).toEqual({ name });
    expect(powershell.split("\n").filter((line) => line.startsWith("'@"))).toHaveLength(1);
  });
});
