import type { z } from "zod";

/**
 * Binds a schema of the API's document to the type that the code answers: it does not compile unless the two
 * are the same, in both directions. `viewOf<VmView>()(z.object({…}))`.
 */
export function viewOf<View>() {
  return <Schema extends z.ZodType<View>>(
    schema: Schema & (View extends z.output<Schema> ? unknown : never),
  ): Schema => schema;
}
