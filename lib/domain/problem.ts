import type { ErrorCode } from "./error-codes";

export interface FieldProblem {
  /** JSON pointer into the request body (RFC 6901), `""` for the whole body. */
  pointer: string;
  message: string;
}

/** Where a VM is found. */
export interface VmReference {
  vm_id: string;
  vm_name: string;
  host: string;
}

/** RFC 9457 problem details, as every failing API operation answers. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  /** What happened. */
  detail: string;
  /** What to do next. */
  next: string;
  errors: FieldProblem[];
  request_id: string;
  /** With `job_gone`: the VM that the job made and that still bears its id. */
  vm?: VmReference;
}
