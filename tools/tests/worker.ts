import { mochaGlobalTeardown } from "./endOfRun";
import { runFile } from "./fileRun";

/** What a worker's process is sent: a file to run, or that there is none any more. */
export interface Order {
  readonly file: string | undefined;
}

process.on("message", ({ file }: Order) => {
  void (file === undefined ? end() : answer(file));
});

async function answer(file: string): Promise<void> {
  const result = await runFile(file);
  process.send?.(result);
}

async function end(): Promise<void> {
  await mochaGlobalTeardown();
  process.exit();
}

// What tests have started ends with the process that started it, on its way out; also where nobody is left to answer.
for (const event of ["SIGINT", "SIGTERM", "disconnect"]) process.on(event, () => process.exit(1));
