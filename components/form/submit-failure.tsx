import type { Ref } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { ConnectionFailed } from "@/lib/client/api";

/** Why a submit came to nothing, where no field is to blame. The values are all still there. */
export function SubmitFailure({ failure, ref }: { failure: unknown; ref: Ref<HTMLDivElement> }) {
  if (!(failure instanceof ConnectionFailed)) {
    return <FailureAlert ref={ref} failure={failure} title="The VM was not created" />;
  }
  return (
    <FailureAlert ref={ref} failure={failure} title="It is not known whether the request arrived">
      <p>Send it again as it is: AetherV makes one VM of it, however often it arrives.</p>
    </FailureAlert>
  );
}
