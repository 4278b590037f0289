import { describe, expect, it } from "vitest";
import { IdempotencyStore } from "./idempotency";

describe("the store of keys", () => {
  it("forgets the oldest key when it is full", async () => {
    const store = new IdempotencyStore(2);
    let n = 0;
    const start = () => {
      n += 1;
      return `job-${n}`;
    };
    const once = (name: string) => store.once(name, "me", { path: "/", body: {} }, start);
    expect(await once("a")).toBe("job-1");
    expect(await once("b")).toBe("job-2");
    expect(await once("c")).toBe("job-3");
    expect(await once("b")).toBe("job-2");
    expect(await once("a")).toBe("job-4");
  });

  it("keeps actors and paths apart", async () => {
    const store = new IdempotencyStore();
    await store.once("a", "me", { path: "/", body: {} }, () => "job-1");
    expect(await store.once("a", "you", { path: "/", body: {} }, () => "job-2")).toBe("job-2");
    await expect(store.once("a", "me", { path: "/other", body: {} }, () => "job-3")).rejects.toMatchObject({
      code: "idempotency_conflict",
    });
  });
});
