import { Command, Option } from "commander";
import { formatProblem } from "../../model/yaml/problem";
import { exitCodes } from "../exitCodes";
import { organisationPolicies, organisationPolicyOption } from "../operations/organisationPolicies";
import { repositoryRoot } from "../repository";
import { isAsMeant } from "./access";
import { UsageError } from "../usageError";
import { limitedTo, mayWiden } from "./against/comparison";
import { openBase } from "./against/openBase";
import { check, type CheckedStacks, type CheckOptions, type CheckResult } from "./check";
import { exportStacks } from "./exportStacks";
import { jsonReport } from "./jsonReport";
import { markdownReport } from "./markdownReport";
import { progressLine } from "./progressLine";
import { type Compared, textReport } from "./textReport";

interface Flags {
  readonly format: "text" | "json" | "markdown";
  readonly services?: string;
  readonly stack?: string;
  readonly export?: string;
  readonly html?: string;
  readonly against?: string;
  readonly failOn?: "widened";
  readonly organisationPolicy: readonly string[];
}

export function checkCommand(): Command {
  return new Command("check")
    .description("Build every account in memory from the manifests, and run every policy over it")
    .addOption(
      new Option("--format <format>", "how to print it")
        .choices(["text", "json", "markdown"])
        .default("text"),
    )
    .option("--services <folder>", "read the manifests of another folder")
    .option("--stack <name>", "report on one stack only")
    .option("--export <folder>", "write each stack there, in the shape of `pulumi stack export`")
    .option("--html <file>", "write the report there as one page for a browser")
    .option("--against <state>", "say what changed since a git reference, or since an earlier --export")
    .addOption(new Option("--fail-on <what>", "refuse what --against finds widened").choices(["widened"]))
    .addOption(organisationPolicyOption())
    .action(async (flags: Flags) => {
      process.exitCode = await run(flags);
    });
}

async function run(flags: Flags): Promise<number> {
  const started = performance.now();
  if (flags.failOn !== undefined && flags.against === undefined)
    throw new UsageError("--fail-on widened says nothing without --against, a git reference or an export");
  const root = repositoryRoot();
  const controls = organisationPolicies(flags.organisationPolicy);
  const base = flags.against === undefined ? undefined : await openBase(root, flags.against, flags.services);
  const result = await checkWithProgress(root, flags, controls);
  const comparison =
    base === undefined || "errors" in result ? undefined : limitedTo(await base.compare(result), flags.stack);
  const reported = "errors" in result ? result : limitTo(result, flags.stack);
  if (!("errors" in reported) && flags.export !== undefined) exportStacks(flags.export, reported.stacks);
  const isRefused = flags.failOn === "widened" && comparison !== undefined && mayWiden(comparison);
  const compared = comparison && { comparison, isRefused };
  if (!("errors" in reported) && flags.html !== undefined) {
    const { writePage } = await import("./html/writePage.js");
    writePage(flags.html, reported, compared);
  }
  print(flags, reported, (performance.now() - started) / 1000, compared);
  return isClean(reported) && !isRefused ? exitCodes.clean : exitCodes.findings;
}

async function checkWithProgress(
  root: string,
  { services, stack }: Flags,
  controls: CheckOptions["controls"],
): Promise<CheckResult> {
  const line = progressLine();
  try {
    return await check({ root, servicesDirectory: services, stack, controls, progress: line.show });
  } finally {
    line.clear();
  }
}

function limitTo(result: CheckedStacks, stack: string | undefined): CheckedStacks {
  if (stack === undefined) return result;
  const stacks = result.stacks.filter((built) => built.stack === stack);
  return { ...result, stacks, findings: result.findings.filter((found) => found.stack === stack) };
}

function print({ format }: Flags, result: CheckResult, seconds: number, compared?: Compared): void {
  if (format === "json") {
    const report = jsonReport(result, seconds, compared?.comparison);
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else if (format === "markdown") {
    process.stdout.write(markdownReport(result, compared?.comparison, compared?.isRefused));
  } else if ("errors" in result) {
    const count = result.errors.length === 1 ? "1 error" : `${result.errors.length} errors`;
    process.stderr.write(`${result.errors.map(formatProblem).join("\n")}\n\n${count}; nothing was built\n`);
  } else {
    process.stdout.write(textReport(result, seconds, undefined, compared));
  }
}

/** An advisory finding asks for a look, and refuses nothing. */
function isClean(result: CheckResult): boolean {
  if ("errors" in result) return false;
  return !result.findings.some(({ level }) => level === "mandatory") && isAsMeant(result.access);
}
