import { randomUUID } from "node:crypto";

export interface ShellOptions {
  /** Where files are written that an example names without a folder. */
  folder: string;
  environment: Record<string, string>;
}

/** A shell that keeps its variables and functions from one example to the next. */
export interface Shell {
  /** Runs an example; gives what it wrote. Rejects with what the shell said if that was its end. */
  run(code: string): Promise<string>;
  close(): Promise<void>;
}

/** Finds, in what a shell writes, where the output of one example ends: at a line that is the mark. */
export function endOfExample() {
  const mark = `end-of-example-${randomUUID()}`;
  let text = "";
  let resolve: (output: string) => void = () => undefined;
  return {
    mark,
    receive(chunk: string) {
      text += chunk;
      const at = text.indexOf(mark);
      if (at < 0) return;
      const output = text.slice(0, at).replaceAll("\r\n", "\n");
      text = text.slice(at + mark.length).trimStart();
      resolve(output);
    },
    next: () =>
      new Promise<string>((done) => {
        resolve = done;
      }),
  };
}
