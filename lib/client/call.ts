import type { Operations } from "@/generated/api";
import { type RequestOptions, request } from "./api";

/** An operation of the API, by its method and address: `GET /vms/{vm_id}`. */
export type OperationName = keyof Operations;

/** The query of an operation. Instead of a value its text may be given, as addresses of pages have it. */
export type QueryOf<Name extends OperationName> = Operations[Name] extends { query?: infer Query }
  ? { [Parameter in keyof Query]: Query[Parameter] | string }
  : never;

/** What an operation must be given, and may be: `path`, `query`, `body`. */
export type InputOf<Name extends OperationName> = Omit<Operations[Name], "answer" | "checked" | "query"> &
  (Operations[Name] extends { query: unknown }
    ? { query: QueryOf<Name> }
    : Operations[Name] extends { query?: unknown }
      ? { query?: QueryOf<Name> }
      : unknown);

/** What it answers. */
export type AnswerOf<Name extends OperationName> = Operations[Name]["answer"];

/** The operations that change something, and can be asked whether they would. */
type ChangeName = {
  [Name in OperationName]: Operations[Name] extends { checked: unknown } ? Name : never;
}[OperationName];

interface CallOptions extends Pick<RequestOptions, "headers" | "answerMs" | "onVersion"> {
  signal?: AbortSignal | undefined;
}

/** What a call may hold, whatever its operation. */
interface AnyInput {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * Calls an operation of the API. Its types are made from the API's own document (`npm run types`).
 *
 * @throws ApiProblem, ConnectionFailed, AbortError as `request`
 */
export function call<Name extends ChangeName>(
  name: Name,
  input: InputOf<Name> & { query: { validate_only: true } },
  options?: CallOptions,
): Promise<Operations[Name]["checked"]>;
export function call<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  options?: CallOptions,
): Promise<AnswerOf<Name>>;
export function call(
  name: string,
  input: AnyInput,
  { signal, ...options }: CallOptions = {},
): Promise<unknown> {
  const { method, address, body } = addressOf(name, input);
  return request(address, {
    method,
    ...(body === undefined ? {} : { body }),
    ...options,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What `call` asks for: the method, and the address below `/api/v1` with its query, percent-encoded. */
export function addressOf(name: string, { path = {}, query = {}, body }: AnyInput) {
  const [method = "", pattern = ""] = name.split(" ");
  const address = pattern.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
    encodeURIComponent(path[parameter] ?? ""),
  );
  return { method, address: address + queryText(query), body };
}

function queryText(parameters: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
