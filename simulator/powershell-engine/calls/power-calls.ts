import { z } from "zod";
import { DURATION } from "../../host/durations";
import { standInCall, vmOf } from "./stand-in-call";
import { vmObject } from "./vm-object";

const ACTIONS = ["start", "turn_off", "save", "suspend", "resume", "restart"] as const;

/**
 * The VM in its new state, and whether that is new.
 *
 * `Start-VM`, `Stop-VM -TurnOff`, `Save-VM`, `Suspend-VM`, `Resume-VM`, `Restart-VM`.
 */
export const changePower = standInCall(
  z.strictObject({ vm_id: z.string(), action: z.enum(ACTIONS) }),
  async (context, { vm_id, action }) => {
    const { fleet, host } = context;
    await context.takes(action === "start" ? DURATION.startVm : DURATION.changePower);
    const vm = vmOf(context, vm_id);
    const before = vm.state;
    switch (action) {
      case "start":
        fleet.power.startVm(host, vm);
        break;
      case "turn_off":
        fleet.power.turnOffVm(host, vm);
        break;
      case "save":
        fleet.power.saveVm(host, vm);
        break;
      case "suspend":
        fleet.power.pauseVm(host, vm);
        break;
      case "resume":
        fleet.power.resumeVm(host, vm);
        break;
      case "restart":
        fleet.power.resetVm(host, vm);
        break;
    }
    const changed = action === "restart" || vm.state !== before;
    return { Changed: changed, VM: vmObject(fleet, host, vm) };
  },
);
