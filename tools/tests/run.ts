import { existsSync } from "node:fs";
import { availableParallelism, constants } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { groupOf, groups } from "./groups";
import { ImportGraph, repository, testFiles } from "./importGraph";
import { Queue, type QueuedFile } from "./queue";
import { countsOf, tellFile, tellRun, tellTimes } from "./report";
import { runSideBySide } from "./sideBySide";

/**
 * Runs test files in as many processes as the machine has cores, and reports them as one run.
 *
 *   npm test -- [GROUP or FILE ...] [--jobs N] [--times]
 *
 * Without a group or file, all. `--times`: what each file took of the processor. Ends with 1 where a test failed, with
 * 2 where it was called wrongly, and as a shell says it of a signal where it was interrupted.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { jobs: { type: "string" }, times: { type: "boolean", default: false } },
  });
  const jobs = Number(values.jobs ?? availableParallelism());
  if (!(jobs >= 1)) return wrong(`--jobs: found ${values.jobs}; must be a number from 1`);
  const names = positionals.length === 0 ? groups : positionals;
  const unknown = names.filter((name) => !isGroup(name) && !existsSync(join(repository, name)));
  if (unknown.length > 0) return wrong(`found ${unknown.join(", ")}; must be ${groups.join(", ")} or a file`);
  const queue = new Queue(filesNamed(names));
  const { outcomes, interrupted } = await runSideBySide(queue, jobs, (each) => print(tellFile(each)));
  if (values.times) print(tellTimes(outcomes));
  print(tellRun(outcomes, interrupted?.left));
  if (interrupted !== undefined) return 128 + constants.signals[interrupted.signal];
  return countsOf(outcomes).failed > 0 ? 1 : 0;
}

function filesNamed(names: readonly string[]): readonly QueuedFile[] {
  const graph = new ImportGraph("test/");
  const grouped = (files: readonly string[]) => files.map((file) => ({ file, group: groupOf(file, graph) }));
  const all = names.some(isGroup) ? grouped(testFiles()) : [];
  return [
    ...all.filter(({ group }) => names.includes(group)),
    ...grouped(names.filter((name) => !isGroup(name))).filter(
      ({ file }) => !all.some((each) => each.file === file),
    ),
  ];
}

function isGroup(name: string): boolean {
  return groups.some((group) => group === name);
}

function print(text: string): void {
  process.stdout.write(text);
}

function wrong(what: string): number {
  process.stderr.write(`${what}\n`);
  return 2;
}

void main().then((code) => (process.exitCode = code));
