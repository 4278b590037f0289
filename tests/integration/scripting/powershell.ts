import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { startEngineProcess } from "@/simulator/powershell-engine/program";
import { endOfExample, type Shell, type ShellOptions } from "./shell";

/** In place of cmdlets that the engine's package does not hold. */
export const MODULES = fileURLToPath(new URL("modules", import.meta.url));

/** Runs each line of its input, which is a script in base64, and says when it has. */
const loop = (mark: string) => `
while ($null -ne ($encodedExample = [System.Console]::In.ReadLine())) {
  $decodedExample = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($encodedExample))
  . ([scriptblock]::Create($decodedExample)) | Out-Default
  [System.Console]::Out.WriteLine('${mark}')
}`;

/** One session of PowerShell's engine, in which examples are run one after the other. */
export async function startPowerShell({ folder, environment }: ShellOptions): Promise<Shell> {
  const engine = await startEngineProcess(MODULES);
  const end = endOfExample();
  const input = new PassThrough();
  let said = "";
  const decoder = new TextDecoder();
  const closed = engine
    .run(
      { script: loop(end.mark), drives: { C: folder }, environment, errorsAsXml: false },
      {
        stdin: input,
        stdout: (chunk) => end.receive(decoder.decode(chunk, { stream: true })),
        stderr: (chunk) => {
          said += Buffer.from(chunk).toString("utf8");
        },
        call: async () => ({ result: null }),
      },
    )
    .then((code): never => {
      throw new Error(`PowerShell ended with ${code}:\n${said}`);
    });
  closed.catch(() => undefined);
  return {
    run(code) {
      input.write(`${Buffer.from(code, "utf8").toString("base64")}\n`);
      return Promise.race([end.next(), closed]);
    },
    async close() {
      input.end();
      await engine.kill();
    },
  };
}
