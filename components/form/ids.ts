/** Begins the id of every control of the form: `field_vm_name`. */
export const ID_PREFIX = "field";
