/** The lines of a process's standard input, without their ends; the last one also where it has none. */
export async function* inputLines(stdin: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pending: string[] = [];
  for await (const chunk of stdin) {
    const [first = "", ...rest] = Buffer.from(chunk).toString("latin1").split("\n");
    pending.push(first);
    for (const part of rest) {
      yield pending.join("");
      pending = [part];
    }
  }
  if (pending.join("") !== "") yield pending.join("");
}

export function decodeLine(line: string): string {
  return Buffer.from(line.trim(), "base64").toString("utf8");
}
