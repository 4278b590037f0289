import { z } from "zod";

/** What the API's answers are made of. Times are UTC; the name of a number ends with its unit. */

export const moment = z.iso.datetime();
export const count = z.int().min(0);
export const bytes = z.number().min(0);
export const milliseconds = z.number().min(0);
export const vmId = z.string().describe("The VM's GUID, in lower case.");
export const hostName = z.string().describe("The host's configured name.");
