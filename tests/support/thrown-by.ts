import { AethervError } from "@/lib/domain/errors";

/** The error that `work` throws. */
export function thrownBy(work: () => unknown): AethervError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AethervError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
