import { Command, Option } from "commander";
import { formatProblem } from "../../model/yaml/problem";
import { exitCodes } from "../exitCodes";
import { repositoryRoot } from "../repository";
import { isAsMeant } from "./access";
import { check, type CheckedStacks, type CheckResult } from "./check";
import { exportStacks } from "./exportStacks";
import { jsonReport } from "./jsonReport";
import { progressLine } from "./progressLine";
import { textReport } from "./textReport";

interface Flags {
  readonly format: "text" | "json";
  readonly services?: string;
  readonly stack?: string;
  readonly export?: string;
}

export function checkCommand(): Command {
  return new Command("check")
    .description("Build every account in memory from the manifests, and run every policy over it")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--services <folder>", "read the manifests of another folder")
    .option("--stack <name>", "report on one stack only")
    .option("--export <folder>", "write each stack there, in the shape of `pulumi stack export`")
    .action(async (flags: Flags) => {
      process.exitCode = await run(flags);
    });
}

async function run(flags: Flags): Promise<number> {
  const started = performance.now();
  const result = await checkWithProgress(flags);
  const reported = "errors" in result ? result : limitTo(result, flags.stack);
  if (!("errors" in reported) && flags.export !== undefined) exportStacks(flags.export, reported.stacks);
  print(flags, reported, (performance.now() - started) / 1000);
  return isClean(reported) ? exitCodes.clean : exitCodes.findings;
}

async function checkWithProgress({ services, stack }: Flags): Promise<CheckResult> {
  const root = repositoryRoot();
  const line = progressLine();
  try {
    return await check({ root, servicesDirectory: services, stack, progress: line.show });
  } finally {
    line.clear();
  }
}

function limitTo(result: CheckedStacks, stack: string | undefined): CheckedStacks {
  if (stack === undefined) return result;
  const stacks = result.stacks.filter((built) => built.stack === stack);
  return { ...result, stacks, findings: result.findings.filter((found) => found.stack === stack) };
}

function print({ format }: Flags, result: CheckResult, seconds: number): void {
  if (format === "json") {
    process.stdout.write(`${JSON.stringify(jsonReport(result, seconds), undefined, 2)}\n`);
  } else if ("errors" in result) {
    const count = result.errors.length === 1 ? "1 error" : `${result.errors.length} errors`;
    process.stderr.write(`${result.errors.map(formatProblem).join("\n")}\n\n${count}; nothing was built\n`);
  } else {
    process.stdout.write(textReport(result, seconds));
  }
}

/** An advisory finding asks for a look, and refuses nothing. */
function isClean(result: CheckResult): boolean {
  if ("errors" in result) return false;
  return !result.findings.some(({ level }) => level === "mandatory") && isAsMeant(result.access);
}
