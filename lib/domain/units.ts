/** Bytes of a gigabyte, as Hyper-V and the schemas count it. */
export const GB = 2 ** 30;
