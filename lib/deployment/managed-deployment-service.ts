import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { JobService } from "@/lib/jobs/job-service";
import type { Preflight } from "@/lib/provisioning/preflight";
import { jobOf, type PreparedJob } from "@/lib/provisioning/prepared-job";
import { refuse } from "@/lib/provisioning/refusal";
import { DeploymentRun, type StepParts } from "./deployment-run";

export interface DeploymentParts extends StepParts {
  jobs: JobService;
  preflight: Preflight;
}

/**
 * One VM with one disk and one adapter, configured and running, and in its host's cluster if that is asked for: the
 * same operations that the component APIs offer, one after the other. A step that fails ends it; what exists stays.
 */
export class ManagedDeploymentService {
  readonly #parts: DeploymentParts;

  constructor(parts: DeploymentParts) {
    this.#parts = parts;
  }

  /**
   * A deployment of the flat request; its outputs are those of its steps together.
   * The secrets live in this call's closure until the guest has them.
   */
  create(request: FieldValues): PreparedJob {
    const check = () => refuse(this.#parts.preflight.deployment(request));
    const host = textField(request, "target_host") ?? "";
    const vm_name = textField(request, "vm_name") ?? "";
    return {
      check,
      start: (actor) => {
        check();
        const target = { host, vm_id: null, vm_name };
        const input = jobOf({ kind: "managed_deployment", target, request }, actor);
        return this.#parts.jobs.start(input, (job) => {
          return new DeploymentRun(this.#parts, job, {
            request,
            host,
            vm_name,
            actor,
            left: null,
          }).carryOut();
        });
      },
    };
  }
}
