import { AethervError, toAethervError } from "@/lib/domain/errors";
import { isOutcomeUnknown } from "@/lib/jobs/outcome";

/** For what is read on hosts before anything is sent: whatever it fails with, nothing was changed. */
export async function onlyReading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const error = toAethervError(thrown);
    if (!isOutcomeUnknown(error)) throw thrown;
    const next = "Nothing was changed. Start it again when the host answers reliably.";
    throw new AethervError(error.code, `${error.message} It was only being read.`, { next, cause: thrown });
  }
}
