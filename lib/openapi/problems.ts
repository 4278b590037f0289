import { ERROR_CATALOGUE, type ErrorCode } from "@/lib/domain/error-codes";
import type { JsonObject } from "@/lib/domain/json";
import { RETRY_AFTER } from "@/lib/http/problem";
import { type ApiOperation, COMMON_PROBLEMS } from "./api-operation";
import { PROBLEM_CODES } from "./views/problem";

/** The answers of an operation that are problems, by status: which codes stand in them, each with an example. */
export function problemResponses({ problems }: ApiOperation): JsonObject {
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of new Set([...problems, ...COMMON_PROBLEMS])) {
    const status = String(ERROR_CATALOGUE[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemResponse(codes)]));
}

function problemResponse(codes: readonly ErrorCode[]): JsonObject {
  const waits = codes.some((code) => RETRY_AFTER[code] !== undefined);
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}.`).join(" "),
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
      ...(waits ? { "Retry-After": { $ref: "#/components/headers/Retry-After" } } : {}),
    },
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { type: "object", properties: { code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

function exampleOf(code: ErrorCode): JsonObject {
  const { status, title, next } = ERROR_CATALOGUE[code];
  return {
    type: `urn:aetherv:problem:${code}`,
    title,
    status,
    code,
    detail: `${title}.`,
    next,
    errors: code === "invalid_request" ? [{ pointer: "/vm_name", message: "Name is required." }] : [],
    request_id: "3f0e9a52-6c1b-4a3c-8f0a-2d7f6f0c9a11",
  };
}

/** `components.examples`: a problem document of every code, those too that only jobs end with. */
export function problemExamples(): JsonObject {
  return Object.fromEntries(
    PROBLEM_CODES.map((code) => [code, { summary: ERROR_CATALOGUE[code].title, value: exampleOf(code) }]),
  );
}
