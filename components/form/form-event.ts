import type { IChangeEvent } from "@rjsf/core/lib/components/Form.js";

/** The values as the form library hands them over: JSON, and `undefined` for what was cleared. */
export type FormData = Record<string, unknown>;

/** What the form library reports of a change or a submit. */
export type FormEvent = IChangeEvent<FormData>;
