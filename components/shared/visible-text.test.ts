import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { AttentionList } from "@/components/attention/attention-list";
import { JobTable } from "@/components/jobs/job-table";
import { jobTitle } from "@/components/jobs/job-words";
import { inventoryEntries } from "@/components/shell/palette/entries";
import { treeRows } from "@/components/shell/tree/tree-rows";
import { problemsOf } from "@/components/vm-actions/deletion-problems";
import { columnOf } from "@/components/vms/vm-columns";
import { VmNotes } from "@/components/vms/vm-notes";
import { VmOverview } from "@/components/vms/vm-overview";
import { attentionOf } from "@/lib/domain/attention";
import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { vmRecord } from "@/tests/support/fake-records";
import { hostWith } from "@/tests/support/host-views";
import { vmSummary } from "@/tests/support/vm-summaries";

/** Reads `aexe.png` where it is shown as it is. */
const NAME = "a\u202Egnp.exe";
const SHOWN = "a[U+202E]gnp.exe";
const vm = vmSummary(NAME, { vm_id: "1", state: "critical" });
const host = hostWith("hv01");
const view: VmView = {
  ...vmRecord(NAME, { notes: `first\n${NAME}` }),
  ...{ host: "hv01", cluster: null, as_of: "2026-01-02T03:04:05.000Z", age_ms: 0, stale: false },
  missing_since: null,
  also_on: [],
};
const job = {
  ...{ job_id: "1.1", kind: "vm.create", state: "succeeded", host: "hv01", vm_name: NAME, vm_id: "1" },
  ...{ parent_job_id: null, actor: "ada", error: null, started_at: null, ended_at: null },
  request: {},
  created_at: "2026-01-02T03:04:05.000Z",
} as JobView;

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, "");
const row = { vm, cluster: null, as_of: null, stale: false };
const items = attentionOf({ hosts: [host], clusters: [], vms: [vm], jobs: [], unfinished: [], now: 0 });
const PLACES = {
  list: () => renderToStaticMarkup(createElement("div", null, columnOf("name")?.cell(row))),
  tree: () => treeRows({ hosts: [host], vms: [vm] }, () => true, "").at(-1)?.name ?? "",
  palette: () =>
    inventoryEntries({ hosts: [host], vms: [vm], hostByName: new Map([["hv01", host]]) }).vms[0]?.label ?? "",
  attention: () => renderToStaticMarkup(createElement(AttentionList, { items })),
  "VM's page": () => renderToStaticMarkup(createElement(VmOverview, { vm: view, host, jobs: [] })),
  notes: () => renderToStaticMarkup(createElement(VmNotes, { notes: view.notes })),
  "list of jobs": () => renderToStaticMarkup(createElement(JobTable, { jobs: [job], caption: "Jobs" })),
  "title of a job": () => jobTitle(job),
  "deletion's name": () =>
    problemsOf(NAME, { state: "off", files: [] }, { turnOff: false, files: null, name: "aexe.png" }).name ??
    "",
};

it.each(Object.entries(PLACES))("shows in the %s what a name hides", (_, shown) => {
  const markup = shown();
  expect(textOf(markup)).toContain(SHOWN);
  expect(markup).not.toContain("\u202E");
});

it("leads to a VM whose name nobody would see", () => {
  const blank = vmSummary("\u00A0\u200B", { vm_id: "1" });
  const cell = columnOf("name")?.cell({ ...row, vm: blank });
  expect(textOf(renderToStaticMarkup(createElement("div", null, cell)))).toBe("[U+00A0][U+200B]");
});

it("lets the name to delete be typed as it is shown, or as it is", () => {
  const plan = { state: "off", files: [] } as const;
  for (const name of [SHOWN, NAME, ` ${SHOWN} `]) {
    expect(problemsOf(NAME, { ...plan, files: [] }, { turnOff: false, files: null, name })).toEqual({});
  }
});
