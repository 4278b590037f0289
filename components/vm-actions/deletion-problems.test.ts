import { describe, expect, it } from "vitest";
import type { PlannedFile } from "@/lib/domain/deletion";
import { problemsOf, refusalOfPlan } from "./deletion-problems";

const file = (deletable: boolean): PlannedFile => ({
  path: "D:\\vm.vhdx",
  kind: "disk",
  size_bytes: null,
  deletable,
  code: deletable ? null : "file_not_owned",
  reason: deletable ? null : "Another VM uses it.",
});

describe("what is said before a VM is deleted", () => {
  it("is the name, what becomes of the files, and that it is turned off", () => {
    const nothing = { turnOff: false, files: null, name: "" };
    const problems = problemsOf("web01", { state: "running", files: [file(true)] }, nothing);
    expect(Object.keys(problems)).toEqual(["turnOff", "files", "name"]);
    expect(
      problemsOf(
        "web01",
        { state: "running", files: [file(true)] },
        { turnOff: true, files: "delete", name: "web01" },
      ),
    ).toEqual({});
  });

  it("asks nothing about files where there are none, nor about power where the VM is off", () => {
    const choice = { turnOff: false, files: null, name: " web01 " };
    expect(problemsOf("web01", { state: "off", files: [] }, choice)).toEqual({});
    expect(problemsOf("Web01", { state: "off", files: [] }, choice)).toHaveProperty("name");
  });

  it("does not delete files of which one cannot be, and keeps them", () => {
    const plan = { state: "off" as const, files: [file(true), file(false)] };
    const choice = { turnOff: false, name: "web01" };
    expect(problemsOf("web01", plan, { ...choice, files: "delete" }).files).toContain("One of its files");
    expect(problemsOf("web01", plan, { ...choice, files: "keep" })).toEqual({});
  });

  it("is nothing that helps while the VM has checkpoints", () => {
    expect(refusalOfPlan({ checkpoints: 2 })).toContain("2 checkpoints");
    expect(refusalOfPlan({ checkpoints: 0 })).toBeNull();
  });
});
