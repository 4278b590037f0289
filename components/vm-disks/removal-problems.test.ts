import { expect, test } from "vitest";
import { removalProblems } from "./removal-problems";

const NAME = "web01.vhdx";
const deletable = { deletable: true };

test("what becomes of the file is asked, and its name only where it goes", () => {
  expect(removalProblems(NAME, deletable, { file: null, name: "" })).toEqual({
    file: "Choose what becomes of its file.",
  });
  expect(removalProblems(NAME, deletable, { file: "keep", name: "" })).toEqual({});
  expect(removalProblems(NAME, deletable, { file: "delete", name: "web01" })).toEqual({
    name: "Type the name as it is: web01.vhdx",
  });
  expect(removalProblems(NAME, deletable, { file: "delete", name: " web01.vhdx " })).toEqual({});
});

test("a name that nobody can type may be typed as it is shown", () => {
  const choice = { file: "delete", name: "a[U+202E]b.vhdx" } as const;
  expect(removalProblems("a\u202eb.vhdx", deletable, choice)).toEqual({});
});

test("a file that its host would not delete can only be kept; one that nobody has planned may go", () => {
  expect(removalProblems(NAME, { deletable: false }, { file: "delete", name: NAME })).toEqual({
    file: "It cannot be deleted, as is said there: keep it.",
  });
  expect(removalProblems(NAME, { deletable: false }, { file: "keep", name: "" })).toEqual({});
  expect(removalProblems(NAME, null, { file: "delete", name: NAME })).toEqual({});
});
