import { expect, it } from "vitest";
import { decodeClixml } from "./clixml";

const objs = (content: string) =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${content}</Objs>`;

it("joins the lines of a message, and tells the streams apart", () => {
  const xml = objs(
    '<S S="Error">no such_x000D__x000A_</S><S S="Error">At line:1_x000D__x000A_</S><S S="warning">mind</S><S S="Error">b</S>',
  );
  expect(decodeClixml(xml)).toEqual([
    { stream: "error", text: "no such\r\nAt line:1\r\n" },
    { stream: "warning", text: "mind" },
    { stream: "error", text: "b" },
  ]);
});

it("drops progress, as a record and as a text", () => {
  const record = '<Obj S="progress" RefId="0"><MS><I64 N="SourceId">1</I64></MS></Obj>';
  expect(decodeClixml(objs(`${record}<S S="progress">10 %</S><S S="Error">x</S>`))).toEqual([
    { stream: "error", text: "x" },
  ]);
});

it("undoes XML's escapes before PowerShell's", () => {
  expect(decodeClixml(objs('<S S="Error">a &amp;lt; b _x003C_ _x005F_x0041_ 😀</S>'))).toEqual([
    { stream: "error", text: "a &lt; b < _x0041_ 😀" },
  ]);
});

it("gives what is complete of a document that was cut off", () => {
  expect(decodeClixml('<Objs><S S="Error">a</S><S S="Error">b</S')).toEqual([{ stream: "error", text: "a" }]);
});
