/** What a process that serves call after call says when one has ended (docs/agent-protocol.md, section 3). */
export function endLine(nonce: string, workingSetBytes: number): Buffer {
  const line = JSON.stringify({ nonce, ended: { working_set_bytes: workingSetBytes } });
  return Buffer.from(`${line}\n`, "latin1");
}

/** Whether a line of standard output says that the call with this nonce has ended. */
export function isEndLine(line: string, nonce: string): boolean {
  if (!line.includes(nonce) || !line.includes('"ended"')) return false;
  try {
    const message = JSON.parse(line) as { nonce?: unknown; ended?: unknown };
    return message.nonce === nonce && typeof message.ended === "object";
  } catch {
    return false;
  }
}
