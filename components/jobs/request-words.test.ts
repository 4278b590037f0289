import { describe, expect, it } from "vitest";
import { composeForm } from "@/lib/schema/compose";
import { loadSchemas } from "@/lib/schema/load";
import { requestEntries } from "./request-words";

const schema = composeForm(loadSchemas("schemas"));

describe("a request in words", () => {
  const request = {
    size_gb: 40,
    os_family: "linux",
    guest_la_pw: "[secret]",
    vm_name: "web-01",
    made_up: [1],
  };

  it("has the schemas' titles, labels and units, in the order of the form", () => {
    expect(requestEntries(request, schema)).toEqual([
      { name: "vm_name", label: "Name", text: "web-01" },
      { name: "os_family", label: "Operating system", text: "Linux" },
      { name: "size_gb", label: "Size", text: "40 GB" },
      { name: "guest_la_pw", label: "Administrator password", text: null },
      { name: "made_up", label: "made_up", text: "[1]" },
    ]);
  });

  it("is shown by the fields' own names while no schema is there", () => {
    expect(requestEntries({ vm_name: "web-01", force: true }, undefined)).toEqual([
      { name: "vm_name", label: "vm_name", text: "web-01" },
      { name: "force", label: "force", text: "yes" },
    ]);
  });

  it("has words of its own for what no schema holds", () => {
    expect(requestEntries({ action: "turn_off" }, schema)).toEqual([
      { name: "action", label: "Action", text: "Turn off" },
    ]);
    expect(requestEntries({ delete_files: true, turn_off: false }, schema)).toEqual([
      { name: "delete_files", label: "Delete its files", text: "yes" },
      { name: "turn_off", label: "Turn it off first", text: "no" },
    ]);
  });
});
