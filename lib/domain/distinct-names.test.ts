import { expect, test } from "vitest";
import { distinctName } from "./distinct-names";

test("what has a name of its own is called by it, all else by more", () => {
  const files = ["C:\\a\\sql.vhdx", "D:\\b\\SQL.vhdx", "D:\\b\\data.vhdx"];
  const called = files.map((file) =>
    distinctName(
      file,
      files,
      (path) => path.slice(5),
      (path) => path,
    ),
  );
  expect(called).toEqual(["C:\\a\\sql.vhdx", "D:\\b\\SQL.vhdx", "data.vhdx"]);
});
