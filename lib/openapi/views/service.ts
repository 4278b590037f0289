import { z } from "zod";
import type { SchemaEntry } from "@/lib/http/schema-catalogue";
import { viewOf } from "./view-of";

/** What the API says of itself: its schemas and its health. */

export const schemaDocument = z
  .record(z.string(), z.unknown())
  .describe("A JSON Schema (2020-12). Its keyword `x-aetherv` says where a field goes.");

const schemaEntry = viewOf<SchemaEntry>()(
  z.object({ name: z.string(), title: z.string(), version: z.string(), href: z.string() }),
);
export const schemaList = z.object({ schemas: z.array(schemaEntry) });

export const formDefinition = z.object({
  schema: schemaDocument,
  version: z.string(),
  validator: z.string().describe("Address of its validators, compiled for the browser."),
});

export const live = z.object({ status: z.literal("live") });
export const ready = z.object({ status: z.literal("ready") });
export const openapiDocument = z.object({ openapi: z.string() }).loose().describe("This document.");
export const nothing = z.object({});
