import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ImportGraph, repository, testFiles } from "./importGraph";

/**
 * What a test file takes:
 * - `unit`: nothing but its own process, and little time
 * - `properties`: nothing but its own process, and more time: what tries very many inputs
 * - `servers`: an emulator, a database or a process of its own
 * - `engine`: Pulumi's engine
 */
export const groups = ["unit", "properties", "servers", "engine"] as const;
export type Group = (typeof groups)[number];

/** Told by what a file imports and by its name, so that a new test is in its group by itself. */
export function filesOf(group: Group, graph = new ImportGraph("test/")): string[] {
  return testFiles().filter((file) => groupOf(file, graph) === group);
}

export function groupOf(file: string, graph: ImportGraph): Group {
  const reached = [...graph.reachedFrom(file)].filter((each) => each.startsWith("test/"));
  if (file.startsWith("test/engine/") || reached.includes("test/engine/support/engine.ts")) return "engine";
  // A made-up database is one as well: it keeps its clients waiting.
  if (reached.includes("test/support/postgres/fake.ts") || reached.some(startsProcesses)) return "servers";
  return /[./]properties\.test\.ts$/.test(file) ? "properties" : "unit";
}

function startsProcesses(file: string): boolean {
  return /from "node:(child_process|worker_threads)"/.test(readFileSync(join(repository, file), "utf8"));
}
