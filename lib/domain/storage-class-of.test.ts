import { expect, test } from "vitest";
import type { StorageClassRecord } from "./inventory";
import { storageClassOf } from "./storage-class-of";

const storage = (name: string, path: string): StorageClassRecord => ({
  name,
  path,
  capacity_bytes: null,
  free_bytes: null,
  shared: false,
});
const classes = [
  storage("whole", "D:\\Hyper-V"),
  storage("fast", "D:\\Hyper-V\\Fast\\"),
  storage("gold", "C:\\ClusterStorage\\Volume1"),
];

test.each([
  ["d:\\hyper-v\\web01\\web01.vhdx", "whole"],
  ["D:\\Hyper-V\\fast\\web01\\web01.vhdx", "fast"],
  ["D:\\Hyper-V2\\web01.vhdx", undefined],
  ["C:\\ClusterStorage\\Volume10\\web01.vhdx", undefined],
  ["C:\\ClusterStorage\\Volume1\\web01.vhdx", "gold"],
])("%s lies in %s", (path, name) => {
  expect(storageClassOf(path, classes)?.name).toBe(name);
});
