/** A CIM class as the stand-ins know it. */
export interface CimClass {
  namespace: string;
  name: string;
  keys: readonly string[];
  /** Property to CIM type, in the class's order; an array's type ends in `[]`. */
  properties: ReadonlyMap<string, string>;
  /** Method to its input parameters and their CIM types. */
  methods: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Declares a class.
 *
 * @param mof its properties as the class's documentation lists them: `uint16 Name; string Name[];`
 * @param methods for each method its input parameters in the same form.
 */
export function declareClass(
  namespace: string,
  name: string,
  keys: readonly string[],
  mof: string,
  methods: Readonly<Record<string, string>> = {},
): CimClass {
  const parsed = Object.entries(methods).map(
    ([method, parameters]) => [method, members(parameters)] as const,
  );
  return { namespace, name, keys, properties: members(mof), methods: new Map(parsed) };
}

function members(mof: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const member of mof.split(";")) {
    const match = /^\s*(\w+)\s+(\w+)(\[\])?\s*$/.exec(member);
    if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[2], match[1] + (match[3] ?? ""));
    else if (member.trim() !== "") throw new SyntaxError(`"${member.trim()}" is no member of a class.`);
  }
  return found;
}
