/** `CbtHardeningLevel` of the service: whether a client must name the channel that it believes to be in. */
export const CBT_HARDENING_LEVELS = ["none", "relaxed", "strict"] as const;
export type CbtHardeningLevel = (typeof CBT_HARDENING_LEVELS)[number];
