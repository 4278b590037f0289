import type { z } from "zod";
import type { ErrorCode } from "@/lib/domain/error-codes";
import { noQuery, refreshQuery, submitQuery } from "@/lib/http/query";
import type { SchemaComponent } from "@/lib/schema/schema-set";
import type { ValidationTarget } from "@/lib/schema/validate";
import type { ViewName } from "./views";

/** The chapters of the reference, in their order. */
export const TAGS = {
  vms: { title: "VMs", description: "Virtual machines, on every configured host." },
  disks: { title: "Disks", description: "Virtual hard disks. A disk belongs to a VM." },
  nics: { title: "Network adapters", description: "A network adapter belongs to a VM." },
  deployments: {
    title: "Managed deployments",
    description:
      "A VM with its disk, its adapter and its guest's configuration in one job, as the form starts it.",
  },
  jobs: { title: "Jobs", description: "Every change is a job: it is followed and canceled here." },
  inventory: { title: "Inventory", description: "What the hosts last said, with its age." },
  schemas: { title: "Schemas", description: "The fields of requests, from which forms and checks are made." },
  service: { title: "Service", description: "The server itself." },
} as const;
export type Tag = keyof typeof TAGS;

export const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** A request's body: made from the schema files, or of an action that has a schema of its own. */
export type BodySource =
  | { target: ValidationTarget }
  | { update: SchemaComponent }
  | { fields: z.ZodType; example: object; optional?: boolean };

export interface Answer {
  status: number;
  description: string;
  /** undefined: there is no body. */
  view?: ViewName;
  /** A media type that comes instead of JSON for some values of the path. */
  otherMedia?: string;
  headers?: readonly ("ETag" | "Location")[];
}

/** One method of one address, as the document describes it. */
export interface ApiOperation {
  method: Method;
  /** Below `/api/v1`, with its parameters in braces. */
  path: `/${string}`;
  /** A name for code that is made from the document. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** The object that reads its query. */
  query: z.ZodType;
  body?: BodySource;
  /** Request headers that mean something to it. */
  headers: readonly ("Idempotency-Key" | "If-Match" | "If-None-Match")[];
  answers: readonly Answer[];
  /** Codes of problems beside those that any request can meet. */
  problems: readonly ErrorCode[];
}

type Described = Pick<ApiOperation, "path" | "id" | "tag" | "summary" | "description"> &
  Partial<Pick<ApiOperation, "problems">>;

interface ReadDescription extends Described {
  query?: z.ZodType;
  view: ViewName;
  otherMedia?: string;
}

/** A read that is asked for again and again: 304 while nothing has changed. */
export function polledRead({
  view,
  otherMedia,
  query = noQuery,
  problems = [],
  ...described
}: ReadDescription): ApiOperation {
  const other = otherMedia === undefined ? {} : { otherMedia };
  return {
    method: "GET",
    ...described,
    query,
    headers: ["If-None-Match"],
    answers: [
      { status: 200, description: "As it is now.", view, headers: ["ETag"], ...other },
      { status: 304, description: "Nothing has changed since the answer with this tag.", headers: ["ETag"] },
    ],
    problems: ["invalid_request", ...problems],
  };
}

/** A read without a tag. */
export function plainRead({
  view,
  query = noQuery,
  problems = [],
  ...described
}: ReadDescription): ApiOperation {
  return {
    method: "GET",
    ...described,
    query,
    headers: [],
    answers: [{ status: 200, description: "As it is now.", view }],
    problems: ["invalid_request", ...problems],
  };
}

/** A read of a part of a VM, which asks the host itself on request (`answerVm` of lib/http). */
export function refreshableRead(description: ReadDescription): ApiOperation {
  const { problems = [] } = description;
  return polledRead({
    query: refreshQuery,
    ...description,
    problems: ["vm_not_found", ...problems, ...HOST_PROBLEMS],
  });
}

interface SubmissionDescription extends Described {
  method?: Method;
  query?: z.ZodType;
  body?: BodySource;
  /** It takes `If-Match`: something that exists is changed. */
  conditional?: boolean;
}

/** A change: it starts a job (`submit` of lib/http). */
export function submission({
  method = "POST",
  query = submitQuery,
  problems = [],
  body,
  conditional = false,
  ...described
}: SubmissionDescription): ApiOperation {
  return {
    method,
    ...described,
    query,
    ...(body === undefined ? {} : { body }),
    headers: ["Idempotency-Key", ...(conditional ? (["If-Match"] as const) : [])],
    answers: [
      { status: 202, description: "The job was started.", view: "Accepted", headers: ["Location"] },
      { status: 200, description: "With `validate_only`: it would be started.", view: "Valid" },
    ],
    problems: [
      "invalid_request",
      ...(body === undefined ? [] : BODY_PROBLEMS),
      "idempotency_conflict",
      "queue_full",
      "shutting_down",
      ...(conditional ? (["vm_changed"] as const) : []),
      // What is done with a VM that exists.
      ...(problems.includes("vm_not_found") ? (["vm_on_several_hosts"] as const) : []),
      ...problems,
    ],
  };
}

/** What the reading of a body can end with. */
export const BODY_PROBLEMS = [
  "malformed_json",
  "unsupported_media_type",
  "body_too_large",
] as const satisfies readonly ErrorCode[];

/** What any request can end with, whatever it asks. */
export const COMMON_PROBLEMS = [
  "foreign_origin",
  "not_ready",
  "internal_error",
] as const satisfies readonly ErrorCode[];

/** What asking a host can end with. */
export const HOST_PROBLEMS = [
  "host_unreachable",
  "host_certificate_rejected",
  "host_authentication_failed",
  "host_access_denied",
  "host_busy",
  "contact_lost",
  "winrm_fault",
  "agent_failed",
  "hyperv_error",
  "deadline_exceeded",
  "queue_full",
] as const satisfies readonly ErrorCode[];
