import { expect, test } from "vitest";
import { isUnder, plainPath } from "./windows-path";

test.each([
  ["C:\\a\\b.vhdx", "C:\\a\\b.vhdx"],
  ["C:\\a.b\\..c\\d..\\.e", "C:\\a.b\\..c\\d..\\.e"],
  ["C:/a//b", "C:\\a\\b"],
  ["C:\\a\\", "C:\\a"],
  ["C:\\a\\.\\b", "C:\\a\\b"],
  ["C:\\a\\..\\b", "C:\\b"],
  ["C:\\a\\..", "C:"],
  ["C:\\..\\a", "C:\\a"],
  ["\\\\?\\C:\\a", "C:\\a"],
  ["\\\\server\\share\\a", "\\\\server\\share\\a"],
])("%s is the path %s", (path, plain) => {
  expect(plainPath(path)).toBe(plain);
});

test.each([
  ["C:\\A\\b", "c:\\a", true],
  ["C:\\a", "C:\\a\\", true],
  ["C:\\ab", "C:\\a", false],
  ["C:\\a", "C:\\a\\b", false],
])("%s under %s: %s", (path, folder, holds) => {
  expect(isUnder(path, folder)).toBe(holds);
});
