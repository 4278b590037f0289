"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { FailureAlert } from "./failure-alert";

type Load<Props> = () => Promise<ComponentType<Props>>;

interface OnDemandProps<Props> {
  /** Imports the part. One function for each part, at the top of its module: what it gave is known by it. */
  load: Load<Props>;
  props: Props;
  /** Stands where the part cannot be loaded: `The tree cannot be shown`. */
  missing: string;
  /** Shown until the part is there. Default: nothing. */
  loading?: ReactNode;
}

const loaded = new WeakMap<object, unknown>();

/**
 * A part of a page that is loaded when it is first shown. Where it cannot be loaded it alone is missing and says
 * so, with a way to try again: the page around it stays, and so does what was typed there. It tries by itself
 * when the network is back.
 */
export function OnDemand<Props extends object>(options: OnDemandProps<Props>) {
  const { load, props, missing, loading = null } = options;
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<{ thrown: unknown } | null>(null);
  const [, setIsLoaded] = useState(false);
  const again = () => {
    setFailure(null);
    setAttempt((before) => before + 1);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt loads anew
  useEffect(() => {
    let shown = true;
    load().then(
      (part) => {
        loaded.set(load, part);
        if (shown) setIsLoaded(true);
      },
      (thrown: unknown) => {
        if (!shown) return;
        setFailure({ thrown });
        window.addEventListener("online", again);
      },
    );
    return () => {
      shown = false;
      window.removeEventListener("online", again);
    };
  }, [load, attempt]);

  const Part = loaded.get(load) as ComponentType<Props> | undefined;
  if (Part !== undefined) return <Part {...props} />;
  if (failure === null) return loading;
  return <FailureAlert failure={failure.thrown} title={missing} onRetry={again} />;
}
