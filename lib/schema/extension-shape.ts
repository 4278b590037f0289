import { z } from "zod";
import { OPTION_SOURCES } from "./schema-set";

const Message = z.union([z.string().min(1), z.record(z.string(), z.string().min(1))]);

/** `x-aetherv` on a property that declares a field. A key that is not here is a mistake. */
export const FieldExtension = z.strictObject({
  section: z.string().min(1).optional(),
  guest: z.strictObject({ kvp: z.string().nullable(), also_hardware: z.boolean().optional() }).optional(),
  secret: z.boolean().optional(),
  immutable: z.boolean().optional(),
  options: z.enum(OPTION_SOURCES).optional(),
  unit: z.string().min(1).optional(),
  labels: z.record(z.string(), z.string().min(1)).optional(),
  message: Message.optional(),
  update_description: z.string().min(1).optional(),
});

/** `x-aetherv` on a rule, or on a property that constrains a field declared elsewhere. */
export const RuleExtension = z.strictObject({ message: Message });

/** `x-aetherv` at the root of the managed deployment's overlay. */
export const OverlayExtension = z.strictObject({
  components: z.tuple([z.literal("vm"), z.literal("disk"), z.literal("nic")]),
  sections: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        title: z.string().min(1),
        description: z.string().optional(),
      }),
    )
    .min(1),
});

/** The issues of a failed parse, each with where it is: `guest.kvp: expected string`. */
export function issuesOf(shape: z.ZodType, value: unknown): string[] {
  const parsed = shape.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `x-aetherv.${path.join(".")}: ${message}` : `x-aetherv: ${message}`,
  );
}
