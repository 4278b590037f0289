import { expect, it } from "vitest";
import { vmRecord } from "@/tests/support/fake-records";
import { summaryOf } from "./vm-summary";

const nic = (network: string | null, virtual_switch: string | null, ...ip_addresses: string[]) => ({
  nic_id: "n",
  adapter_name: "a",
  network,
  virtual_switch,
  vlan_id: null,
  mac_address: null,
  ip_addresses,
});
const disk = (size_bytes: number | null) => ({ disk_id: null, path: "p", size_bytes, file_bytes: null });
const noteOf = (notes: string) => summaryOf(vmRecord("web", { notes }), "hv01", null).note;
const BLOCK = "--- aetherv begin ---\n{}\n--- aetherv end ---\n";

it("names each network once, by its switch where it is none of the host's, and sums up the disks", () => {
  const vm = vmRecord("web", {
    nics: [nic("prod", "s", "10.0.0.1"), nic("prod", "s", "10.0.0.2"), nic(null, "lab"), nic(null, null)],
    disks: [disk(5), disk(null), disk(7)],
  });
  expect(summaryOf(vm, "hv01", null)).toMatchObject({
    host: "hv01",
    missing_since: null,
    networks: ["prod", "lab"],
    ip_addresses: ["10.0.0.1", "10.0.0.2"],
    disk_count: 3,
    disk_bytes: 12,
  });
});

it.each([
  ["", ""],
  [BLOCK, ""],
  [`Ours.\nMore.\n${BLOCK}`, "Ours."],
  [`${BLOCK}\nWritten below.`, "Written below."],
  ["\r\n  Second line\r\nthird", "Second line"],
  ["turned \u202E round", "turned \uFFFD round"],
  [`${"x".repeat(119)}😀`, `${"x".repeat(119)}😀`],
  [`${"x".repeat(119)}😀y`, `${"x".repeat(119)}…`],
])("takes of the notes %j the first line that people wrote", (notes, note) => {
  expect(noteOf(notes)).toBe(note);
});
