import { attribute, readXml, type XmlElement } from "../../../winrm/xml-reader";
import { StandInError } from "../stand-in-call";
import { CIM_FAILURE } from "./cim-instance";

/** Properties of `Msvm_KvpExchangeDataItem` in the order in which Hyper-V writes them. */
const PROPERTIES = ["Caption", "Data", "Description", "ElementName", "InstanceID", "Name", "Source"];

/** An item as Hyper-V gives it: an instance embedded as CIM-XML (DSP0201). */
export function kvpItemXml(name: string, data: string): string {
  const values: Record<string, string> = { Name: name, Data: data, Source: "0" };
  const properties = PROPERTIES.map((property) => {
    const type = property === "Source" ? "uint16" : "string";
    const value = values[property] === undefined ? "" : `<VALUE>${escapeXml(values[property])}</VALUE>`;
    return `<PROPERTY NAME="${property}" TYPE="${type}">${value}</PROPERTY>`;
  });
  return `<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem">${properties.join("")}</INSTANCE>`;
}

/** Reads an item that a method was given; anything else is `Invalid parameter`. */
export function readKvpItem(xml: string): [name: string, data: string] {
  const instance = parse(xml);
  if (instance.name !== "INSTANCE" || attribute(instance, "CLASSNAME") !== "Msvm_KvpExchangeDataItem") {
    throw invalid("an item is no Msvm_KvpExchangeDataItem");
  }
  const values = new Map<string, string>();
  for (const property of instance.children) {
    const name = attribute(property, "NAME");
    const isProperty = property.name === "PROPERTY" && name !== undefined && PROPERTIES.includes(name);
    if (!isProperty) throw invalid(`an item has ${name ?? property.name}`);
    const type = name === "Source" ? "uint16" : "string";
    if (attribute(property, "TYPE") !== type) throw invalid(`an item's ${name} is no ${type}`);
    values.set(name, property.children[0]?.text ?? "");
  }
  const name = values.get("Name") ?? "";
  if (name === "" || values.get("Source") !== "0")
    throw invalid("an item has no Name, or its Source is not 0");
  return [name, values.get("Data") ?? ""];
}

function parse(xml: string): XmlElement {
  try {
    return readXml(xml);
  } catch {
    throw invalid("an item is no XML");
  }
}

function invalid(why: string): StandInError {
  return new StandInError(CIM_FAILURE.invalidParameter, "InvalidArgument", `Invalid parameter: ${why}.`);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
