import { describe, expect, it } from "vitest";
import { thrownBy } from "@/tests/support/thrown-by";
import { IdempotencyStore } from "./idempotency";

describe("the store of keys", () => {
  it("forgets the oldest key when it is full", () => {
    const store = new IdempotencyStore(2);
    let n = 0;
    const start = () => {
      n += 1;
      return `job-${n}`;
    };
    const once = (name: string) => store.once(name, "me", { path: "/", body: {} }, start);
    expect(once("a")).toBe("job-1");
    expect(once("b")).toBe("job-2");
    expect(once("c")).toBe("job-3");
    expect(once("b")).toBe("job-2");
    expect(once("a")).toBe("job-4");
  });

  it("keeps actors and paths apart", () => {
    const store = new IdempotencyStore();
    store.once("a", "me", { path: "/", body: {} }, () => "job-1");
    expect(store.once("a", "you", { path: "/", body: {} }, () => "job-2")).toBe("job-2");
    const conflict = thrownBy(() => store.once("a", "me", { path: "/other", body: {} }, () => "job-3"));
    expect(conflict.code).toBe("idempotency_conflict");
  });
});
