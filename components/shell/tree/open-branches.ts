const KEY = "aetherv.tree";

/** Which branches the reader has opened and closed, by their keys; of the others nothing is said. */
export type Branches = Readonly<Record<string, boolean>>;

/** What was open when the tree was last seen in this browser. */
export function readBranches(): Branches {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return isBranches(stored) ? stored : {};
  } catch {
    return {};
  }
}

export function keepBranches(branches: Branches): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(branches));
  } catch {
    // Full, or forbidden: then the tree begins anew with the next page load.
  }
}

function isBranches(value: unknown): value is Branches {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((each) => typeof each === "boolean")
  );
}
