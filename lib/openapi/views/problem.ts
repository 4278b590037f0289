import { z } from "zod";
import { ERROR_CATALOGUE, type ErrorCode, isErrorCode } from "@/lib/domain/error-codes";
import type { FieldProblem, Problem, VmReference } from "@/lib/domain/problem";
import { hostName, vmId } from "./values";
import { viewOf } from "./view-of";

/** Every code there is, in the catalogue's order. */
export const PROBLEM_CODES = Object.keys(ERROR_CATALOGUE).filter(isErrorCode);

export const problemCode = viewOf<ErrorCode>()(
  z
    .enum(PROBLEM_CODES)
    .describe("What went wrong, for scripts to match on: a problem document's code, or a failed job's."),
);

const fieldProblem = viewOf<FieldProblem>()(
  z.object({
    pointer: z.string().describe("JSON pointer into the request's body; empty: the whole body."),
    message: z.string(),
  }),
);

const vmReference = viewOf<VmReference>()(
  z.object({ vm_id: vmId, vm_name: z.string(), host: hostName }).describe("Where a VM is found."),
);

export const problem = viewOf<Problem>()(
  z
    .object({
      type: z.string().describe("`urn:aetherv:problem:` and the code."),
      title: z.string(),
      status: z.int(),
      code: problemCode,
      detail: z.string().describe("What happened."),
      next: z.string().describe("What to do next."),
      errors: z.array(fieldProblem).describe("The fields that are to blame."),
      request_id: z.string().describe("As in the header `X-Request-Id`, and in the server's log."),
      vm: vmReference.exactOptional().describe("With `job_gone`: the VM that the job has made."),
    })
    .describe("Why a request was refused (RFC 9457)."),
);
