import type { JobListParameters } from "@/lib/client/resources";
import { JOB_KINDS, JOB_SORT_KEYS, JOB_STATES } from "@/lib/domain/job";

/**
 * The list's filter, order and page as they stand in its address:
 * `?state=failed&host=hv01&kind=…&vm=…&actor=…&created=1h&sort=-duration&steps=1&page=2`. A time of one's own
 * is `created=between&from=…&to=…`, in UTC.
 */
export interface JobQuery {
  get(name: string): string | null;
}

export const PAGE_SIZE = 50;

/** Words for "since when", and how many minutes each reaches back. */
export const PERIODS: Record<string, { word: string; minutes: number }> = {
  "15m": { word: "last 15 minutes", minutes: 15 },
  "1h": { word: "last hour", minutes: 60 },
  "24h": { word: "last 24 hours", minutes: 1_440 },
};

/** What the states are called in the filter beside each single one. */
export const UNFINISHED = "queued,running,unknown";

export const FILTERS = ["state", "kind", "host", "vm", "actor", "created", "from", "to"] as const;

const STATES: ReadonlySet<string> = new Set(JOB_STATES);
const KINDS: ReadonlySet<string> = new Set(JOB_KINDS);
const SORTS: ReadonlySet<string> = new Set(["activity", ...JOB_SORT_KEYS.flatMap((key) => [key, `-${key}`])]);

type Read = (value: string) => string;
/** Of each parameter that the API does not take as it comes: the part of its value that it takes. */
const READ: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["state", (value) => [...new Set(value.split(","))].filter((state) => STATES.has(state)).join(",")],
  ["kind", (value) => (KINDS.has(value) ? value : "")],
  ["created", (value) => (value === "between" || Object.hasOwn(PERIODS, value) ? value : "")],
  ["from", momentOf],
  ["to", momentOf],
  ["sort", (value) => (SORTS.has(value) ? value : "")],
  ...["host", "vm", "actor"].map((name) => [name, cut] as const),
]);

/** What an address asks for. What it asks for and does not exist is left out: a state, a kind, a time, an order. */
export function readQuery(address: JobQuery): JobQuery {
  return {
    get(name) {
      const value = address.get(name);
      return value === null ? null : (READ.get(name)?.(value) ?? value);
    },
  };
}

/** As long as the API takes it. */
function cut(value: string): string {
  return value.slice(0, 256);
}

/** In UTC, of four digits' year: what the API takes. */
function momentOf(value: string): string {
  const time = new Date(value);
  const iso = Number.isNaN(time.getTime()) ? "" : time.toISOString();
  return /^\d/.test(iso) ? iso : "";
}

/** The page asked for, from 1 on. */
export function pageOf(query: JobQuery): number {
  const page = Number(query.get("page"));
  return Number.isInteger(page) && page > 0 && page <= 20_000 ? page : 1;
}

export function sortOf(query: JobQuery): string {
  return query.get("sort") || "-created";
}

/** What the API is asked for. `now` moves the periods that reach back from it, by whole minutes. */
export function filterOf(query: JobQuery, now: number): JobListParameters {
  const of = (name: string) => query.get(name) ?? "";
  const created = of("created");
  const period = PERIODS[created];
  const between = created === "between";
  return {
    state: of("state"),
    kind: of("kind"),
    host: of("host"),
    vm: of("vm"),
    actor: of("actor"),
    created_from: period
      ? new Date((Math.floor(now / 60_000) - period.minutes) * 60_000).toISOString()
      : between
        ? of("from")
        : "",
    created_before: between ? of("to") : "",
    sort: sortOf(query),
    limit: PAGE_SIZE,
    offset: (pageOf(query) - 1) * PAGE_SIZE,
    ...(of("steps") === "1" ? {} : { top_level: true }),
  };
}

/** With another filter or order one is on page 1. */
export function onFirstPage(changes: Record<string, string>): Record<string, string> {
  return { page: "", ...changes };
}

/** What `datetime-local` shows for a moment in UTC: local time, to the minute. */
export function localInputOf(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment in UTC that somebody gave in local time; empty where there is none. */
export function isoOf(localInput: string): string {
  const time = new Date(localInput);
  return localInput === "" || Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
