/** Megabytes and gigabytes as Windows counts them. */
export const MEBIBYTE = 2 ** 20;
export const GIBIBYTE = 2 ** 30;
