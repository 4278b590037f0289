import { durationMs } from "./duration";
import { invalidOptionFault, invalidParameterFault, schemaFault, selectorRequiredFault } from "./fault";
import { SHELL } from "./namespaces";
import type { ShellRequest } from "./request";
import { attribute, child, children, type XmlElement } from "./xml-reader";

// Readers for what shell requests carry. Each throws the fault that a Windows host answers with.

/** MS-WSMV 2.2.4.37: IdleTimeOut where the client names none. */
const DEFAULT_IDLE_TIMEOUT_MS = 7_200_000;

/** The selector that every operation but Create needs. */
export function requiredShellId(request: ShellRequest): string {
  if (request.shellId === undefined) throw selectorRequiredFault();
  return request.shellId;
}

/** The attribute `CommandId` of a Signal, a Stream or a DesiredStream. */
export function requiredCommandId(element: XmlElement): string {
  const commandId = attribute(element, "CommandId");
  if (commandId === undefined) throw invalidParameterFault();
  return commandId;
}

/** Refuses an element of another name, such as `Argument` for `Arguments`. */
export function onlyChildren(element: XmlElement, names: string[]): void {
  const odd = element.children.find((item) => item.namespace !== SHELL || !names.includes(item.name));
  if (odd !== undefined) {
    throw schemaFault(
      `The Windows Remote Shell cannot process the request. The SOAP packet contains an element ${odd.name} that is invalid. Retry the request with the correct XML element. `,
    );
  }
}

/** `rsp:IdleTimeOut` in milliseconds. Plain milliseconds, which some clients send, are refused. */
export function idleTimeout(element: XmlElement): number {
  const text = child(element, SHELL, "IdleTimeOut")?.text;
  if (text === undefined) return DEFAULT_IDLE_TIMEOUT_MS;
  const value = durationMs(text);
  if (value === undefined || value <= 0) {
    throw schemaFault("The element IdleTimeOut is no xs:duration such as PT7200S. ");
  }
  // The longest time that a timer of this runtime takes, about 24 days.
  return Math.min(value, 2 ** 31 - 1);
}

/** The attribute `ShellId` of `rsp:Shell`, by which a client names its shell itself (WSManCreateShellEx); null: absent. */
export function ownShellId(element: XmlElement): string | null {
  const id = attribute(element, "ShellId")?.toUpperCase() ?? null;
  if (id !== null && !/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/.test(id)) throw invalidParameterFault();
  return id;
}

/** `rsp:Environment` by the names of its variables. */
export function environment(element: XmlElement): Record<string, string> {
  const container = child(element, SHELL, "Environment");
  const variables = container === undefined ? [] : children(container, SHELL, "Variable");
  return Object.fromEntries(
    variables.map((variable) => {
      const name = attribute(variable, "Name");
      if (name === undefined) throw schemaFault("An element Variable lacks the attribute Name. ");
      return [name, variable.text];
    }),
  );
}

/** A list of stream names such as `stdout stderr`; all `known` ones where the element is absent or empty. */
export function streamNames<Name extends string>(element: XmlElement | undefined, known: Name[]): Set<Name> {
  const names = element?.text.split(/\s+/).filter((name) => name !== "") ?? [];
  if (names.length === 0) return new Set(known);
  return new Set(
    names.map((name) => {
      const found = known.find((item) => item === name);
      if (found === undefined) throw invalidParameterFault();
      return found;
    }),
  );
}

/** A `w:Option` that is true or false, or `absent` where it is not there. */
export function booleanOption(request: ShellRequest, name: string, absent: boolean): boolean {
  const text = request.options.get(name);
  if (text === undefined) return absent;
  const value = xsBoolean(text);
  if (value === undefined) throw invalidOptionFault(name);
  return value;
}

/** Windows takes `TRUE`, `True` and `1` alike; undefined: neither true nor false. */
export function xsBoolean(text: string): boolean | undefined {
  if (/^(?:true|1)$/i.test(text)) return true;
  return /^(?:false|0)$/i.test(text) ? false : undefined;
}

/** `xs:base64Binary`, strictly. */
export function decodeBase64(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw schemaFault("The content of an element Stream is not base64. ");
  }
  return Buffer.from(compact, "base64");
}
