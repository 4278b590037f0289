export const POWER_ACTIONS = [
  "start",
  "shutdown",
  "turn_off",
  "restart",
  "reset",
  "pause",
  "resume",
  "save",
] as const;
export type PowerAction = (typeof POWER_ACTIONS)[number];

export function isPowerAction(text: string): text is PowerAction {
  return (POWER_ACTIONS as readonly string[]).includes(text);
}

export const CLUSTER_ACTIONS = ["add", "remove"] as const;
export type ClusterAction = (typeof CLUSTER_ACTIONS)[number];

/** What the power actions are called, on buttons and in the titles of jobs. */
export const POWER_WORDS: Readonly<Record<PowerAction, string>> = {
  start: "Start",
  shutdown: "Shut down",
  turn_off: "Turn off",
  restart: "Restart",
  reset: "Reset",
  pause: "Pause",
  resume: "Resume",
  save: "Save",
};

export const CLUSTER_WORDS: Readonly<Record<ClusterAction, string>> = {
  add: "Add to the cluster",
  remove: "Remove from the cluster",
};
