import { test } from "./support/fixtures";
import { linuxVm, windowsVm } from "./support/main-job";

/** The agents themselves run, under a PowerShell engine, in place of what stands in for them. */
test.use({ stackOptions: { simulator: { engine: "powershell" } } });

test("the agents make a Windows VM with a static address that joins its domain", windowsVm);

test("the agents make a Linux VM with DHCP", linuxVm);
