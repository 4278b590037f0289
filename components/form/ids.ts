/** Begins the id of every control of the form. */
export const ID_PREFIX = "field";

/** The id of a field's control: `field_vm_name`. */
export function controlId(name: string): string {
  return `${ID_PREFIX}_${name}`;
}
