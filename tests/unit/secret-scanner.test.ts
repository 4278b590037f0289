import { describe, expect, it } from "vitest";
import { findSecrets } from "../support/secret-scanner";

const SECRET = 'Canary-7f3a "quoted" & <odd>';

describe("the scanner for secrets", () => {
  it.each([
    ["as it is", SECRET],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64, one byte into a group", Buffer.from(`x${SECRET}`).toString("base64")],
    ["in base64, two bytes into a group", Buffer.from(`xy${SECRET}`).toString("base64")],
    ["in base64 of UTF-16LE", Buffer.from(SECRET, "utf16le").toString("base64")],
    ["in hex", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["URL-encoded", encodeURIComponent(SECRET)],
    ["in JSON", JSON.stringify({ value: SECRET })],
    [
      "in HTML",
      `<p>${SECRET.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")}</p>`,
    ],
  ])("finds a secret %s", (_form, text) => {
    expect(findSecrets({ password: SECRET }, [{ where: "here", text: `before ${text} after` }])).not.toEqual(
      [],
    );
  });

  it("finds nothing where nothing is", () => {
    expect(findSecrets({ password: SECRET }, [{ where: "here", text: "Canary of another kind" }])).toEqual(
      [],
    );
  });
});
