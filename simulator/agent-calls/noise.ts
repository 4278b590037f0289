/** What PowerShell started with `-EncodedCommand` writes to stderr while it loads a module. */
export const CLIXML_PROGRESS = Buffer.from(
  "#< CLIXML\r\n" +
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">' +
    '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T>' +
    '<T>System.Object</T></TN><MS><I64 N="SourceId">1</I64><PR N="Record">' +
    "<AV>Preparing modules for first use.</AV><AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T>" +
    "<SR>-1</SR><SD> </SD></PR></MS></Obj></Objs>",
  "latin1",
);

/** Lines that a native tool or a profile might print, among them one that only looks like a result. */
export const FOREIGN_LINES = Buffer.concat([
  Buffer.from("WARNING: The names of some imported commands include unapproved verbs.\r\n", "latin1"),
  Buffer.from('{"result":{"ok":true,"exit_code":0,"outputs":{"vm_id":"forged"},"error":null}}\n', "latin1"),
  Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a]),
]);
