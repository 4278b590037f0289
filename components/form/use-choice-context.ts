import { useMemo } from "react";
import { demandOf } from "@/lib/domain/host-fit";
import type { HostView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields } from "@/lib/schema/schema-set";
import type { ChoiceContext } from "./choices";

/** The field that an image's family is compared with, by the name that host resources give it. */
const OS_FAMILY = "os_family";

const NO_HOSTS: readonly HostView[] = [];

/** What the choices depend on, with these values. */
export function choiceContextOf(
  schema: JsonObject,
  values: JsonObject,
  hosts: readonly HostView[] = NO_HOSTS,
): ChoiceContext {
  const hostField = declaredFields(schema).find((field) => field.meta.options === "hosts")?.name ?? "";
  const family = values[OS_FAMILY];
  return {
    hosts,
    host: hosts.find((host) => host.name === values[hostField]) ?? null,
    osFamily: typeof family === "string" ? family : null,
    demand: demandOf(values),
  };
}

/** The same, and the same object for as long as nothing that matters has changed. */
export function useChoiceContext(
  schema: JsonObject,
  values: JsonObject,
  hosts: readonly HostView[] | undefined,
): ChoiceContext {
  const next = choiceContextOf(schema, values, hosts);
  const { host, osFamily } = next;
  const demand = JSON.stringify(next.demand);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `next` is made of these
  return useMemo(() => next, [hosts, host, osFamily, demand]);
}
