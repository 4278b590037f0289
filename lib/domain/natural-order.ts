const collator = new Intl.Collator("en", { numeric: true });

/** The order in which people look for names: `vm2` before `vm10`, whatever the case of letters. */
export function compareNames(one: string, other: string): number {
  return collator.compare(one, other);
}
