import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPlan } from "../../../../model/load";
import type { Partition } from "../../../../model/organisation/types";
import type { Plan } from "../../../../model/plan/types";
import { formatProblem } from "../../../../model/problem";

export const repository = join(__dirname, "../../../..");

/** Regions, and domains of registries, that stand in place of the samples' own. */
const elsewhere: Readonly<Record<Exclude<Partition, "aws">, readonly (readonly [RegExp, string])[]>> = {
  "aws-cn": [
    [/arn:aws:/g, "arn:aws-cn:"],
    [/eu-west-1/g, "cn-north-1"],
    [/eu-central-1/g, "cn-northwest-1"],
    [/(\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com)\//g, "$1.cn/"],
  ],
  "aws-us-gov": [
    [/arn:aws:/g, "arn:aws-us-gov:"],
    [/eu-west-1/g, "us-gov-west-1"],
    [/eu-central-1/g, "us-gov-east-1"],
  ],
};

/** Plan of the repository's own services. */
export function samplePlan(): Plan {
  return planOf(repository);
}

/** Plan of the same services, had they been written for another partition. */
export function samplePlanIn(partition: Exclude<Partition, "aws">): Plan {
  return withCopy((root) => {
    for (const file of textFiles(root)) {
      const text = elsewhere[partition].reduce(
        (result, [from, to]) => result.replace(from, to),
        readFileSync(file, "utf8"),
      );
      writeFileSync(file, text);
    }
    return planOf(root);
  });
}

/** Calls `use` with a temporary copy of the settings, manifests and examples. */
export function withCopy<T>(use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "secrets-platform-"));
  try {
    copyTo(root);
    return use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function copyTo(root: string): void {
  const settings = readdirSync(repository).filter((name) => /^Pulumi\..*yaml$/.test(name));
  for (const name of [...settings, "services", "examples"]) {
    cpSync(join(repository, name), join(root, name), { recursive: true });
  }
}

function textFiles(root: string): readonly string[] {
  const named = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  const services = readdirSync(join(root, "services")).map((name) => join(root, "services", name));
  return [...named.map(({ name }) => join(root, name)), ...services].filter((file) => file.endsWith(".yaml"));
}

export function planOf(root: string): Plan {
  const { plan, problems } = loadPlan({ root });
  if (plan === undefined) throw new Error(problems.map(formatProblem).join("\n"));
  return plan;
}
