import {
  CONNECTION_STEPS,
  type ConnectionProbes,
  type ConnectionStepName,
  type StepFinding,
} from "@/lib/domain/host-check";

/** A way to every host on which each step passes, but for what is set here. */
export class FakeProbes implements ConnectionProbes {
  readonly findings = new Map<ConnectionStepName, (signal: AbortSignal) => Promise<StepFinding>>();

  of() {
    const passed = async (): Promise<StepFinding> => ({ state: "passed", message: "It works." });
    return new Map(CONNECTION_STEPS.map((name) => [name, this.findings.get(name) ?? passed]));
  }
}
