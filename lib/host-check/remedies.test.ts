import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CHECK_CAUSES } from "@/lib/domain/host-check";
import { hostConfig } from "@/tests/support/provisioning";
import { remedyContextOf, remedyFor } from "./remedies";

const PAGE = readFileSync("docs/host-setup.md", "utf8");
const AS_THE_PAGE_HAS_IT = { name: "hv01.example.com", port: "5986", account: "aetherv" };

/** The sections of the page by their anchors, as GitHub makes them. */
const sections = new Map(
  PAGE.split(/^#+ /m).map((text) => {
    const [heading = "", ...lines] = text.split("\n");
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    return [anchor, lines.join("\n")];
  }),
);

describe("what to do about each cause", () => {
  it.each(CHECK_CAUSES)("%s: a sentence, and commands that its section of the page has", (cause) => {
    const { next, commands, section } = remedyFor(cause, AS_THE_PAGE_HAS_IT);
    expect(next).toMatch(/^[A-Z].*\.$/s);
    const text = sections.get(section);
    expect(text, section).toBeDefined();
    expect(commands.filter((command) => !text?.split("\n").includes(command))).toEqual([]);
  });

  it("names the host's own account and port, as texts that cannot become anything else", () => {
    const host = { ...hostConfig("hv07"), address: "https://hv07.corp:5999", username: "o'hara" };
    const context = remedyContextOf(host);
    expect(remedyFor("access_denied", context).commands[0]).toContain("-Member 'o''hara'");
    expect(remedyFor("no_answer", context).commands[1]).toContain("-LocalPort 5999 ");
    const quoted = remedyFor("access_denied", { ...context, account: "a\u2019; Remove-VM *; \u2019" });
    expect(quoted.commands[0]).toContain("'a\u2019\u2019; Remove-VM *; \u2019\u2019'");
  });
});
