import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

/** Programs and plugins that run now; they end with the language host. */
export const children = new Set<ChildProcess>();

/** Starts `node` and remembers it until it ends. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** The exit code of a child; 1 if a signal ended it or it could not start. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
