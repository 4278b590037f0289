/**
 * What to call each of several things where one must be told from another: by its name, and by something that it alone
 * has where others have the same name.
 */
export function distinctName<Thing>(
  thing: Thing,
  all: readonly Thing[],
  nameOf: (thing: Thing) => string,
  otherwise: (thing: Thing) => string,
): string {
  const name = nameOf(thing);
  const same = (other: Thing) => nameOf(other).toLowerCase() === name.toLowerCase();
  return all.filter(same).length > 1 ? otherwise(thing) : name;
}
