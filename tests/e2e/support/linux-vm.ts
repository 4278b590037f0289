import type { Answers } from "./new-vm-page";

/** The least that a Linux VM needs besides its name. */
export const LINUX_VM: Answers = {
  "Operating system": "Linux",
  Host: "hv01",
  Image: "Ubuntu 24.04",
  Network: "Servers",
};
