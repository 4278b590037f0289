import { noQuery } from "@/lib/http/query";
import { type ApiOperation, plainRead, polledRead } from "../api-operation";

export const serviceOperations: readonly ApiOperation[] = [
  polledRead({
    path: "/schemas",
    id: "listSchemas",
    tag: "schemas",
    summary: "List the schemas",
    view: "SchemaList",
  }),
  polledRead({
    path: "/schemas/{name}",
    id: "getSchema",
    tag: "schemas",
    summary: "Read a schema",
    description: "Or the validators of the New VM form, by the name that `GET /schemas/form` gives.",
    view: "Schema",
    otherMedia: "text/javascript",
    problems: ["not_found"],
  }),
  polledRead({
    path: "/schemas/form",
    id: "getForm",
    tag: "schemas",
    summary: "Read the composed schema of the New VM form",
    description: "Every field of VM, disk, adapter and guest in one flat schema.",
    view: "Form",
  }),
  plainRead({
    path: "/health/live",
    id: "getLiveness",
    tag: "service",
    summary: "Ask whether the process answers",
    view: "Live",
  }),
  plainRead({
    path: "/health/ready",
    id: "getReadiness",
    tag: "service",
    summary: "Ask whether the server can work",
    description: "It can once every host was read, or has not answered.",
    view: "Ready",
    problems: ["shutting_down"],
  }),
  polledRead({
    path: "/openapi.json",
    id: "getOpenApi",
    tag: "service",
    summary: "Read this document",
    view: "OpenApi",
  }),
  {
    method: "GET",
    path: "/docs",
    id: "getReference",
    tag: "service",
    summary: "Read this document as a page",
    query: noQuery,
    headers: [],
    answers: [{ status: 307, description: "The page is at `/docs`.", headers: ["Location"] }],
    problems: ["invalid_request"],
  },
];
