import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPlan } from "../../../../model/load";
import type { Partition } from "../../../../model/organisation/types";
import type { Plan } from "../../../../model/plan/types";
import { formatProblem } from "../../../../model/yaml/problem";
import { copyOrganisation, organisationRoot } from "../../../support/organisation";

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

/** Plan of the services of the tests' own organisation. */
export function samplePlan(): Plan {
  return planOf(organisationRoot);
}

/** Plan of the same services, had they been written for another partition. */
export function samplePlanIn(partition: Exclude<Partition, "aws">): Plan {
  return withCopy((root) => {
    for (const [from, to] of elsewhere[partition]) edit(root, (text) => text.replace(from, to));
    return planOf(root);
  });
}

/** Plan of the same services, with prod's values in a security account of their own. */
export function shardedSamplePlan(): Plan {
  return withCopy((root) => {
    edit(root, (text, name) => {
      switch (name) {
        case "Pulumi.yaml":
          return text.replace(/^( +)prod: "/m, '$1security-prod: "444444444444"\n$&');
        case "Pulumi.security.yaml":
          return text.replace("[staging, prod]", "[staging]").replace(/^ {4}prod:\n(?: {6}.*\n)+/m, "");
        default:
          // The team's own rotation function is in the account of what it rotates.
          return text.replace(
            /^( +)(arn|role): (.*):111111111111:(.*)$/gm,
            "$1$2: { staging: '$3:111111111111:$4', prod: '$3:444444444444:$4' }",
          );
      }
    });
    writeFileSync(
      join(root, "Pulumi.security-prod.yaml"),
      readFileSync(join(organisationRoot, "Pulumi.security.yaml"), "utf8")
        .replace("111111111111", "444444444444")
        .replace("[staging, prod]", "[prod]")
        .replace(/^ {4}staging:\n(?: {6}.*\n)+/m, "")
        .replace(/^ {2}secrets-platform:logArchive:\n(?: {4}.*\n)+/m, ""),
    );
    return planOf(root);
  });
}

/** Calls `use` with a temporary copy of the settings, manifests and examples. */
export function withCopy<T>(use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "secrets-platform-"));
  try {
    copyOrganisation(root);
    return use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Rewrites every settings file and manifest; `name` is the file's. */
function edit(root: string, rewrite: (text: string, name: string) => string): void {
  for (const folder of [root, join(root, "services")]) {
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".yaml"))) {
      const file = join(folder, name);
      writeFileSync(file, rewrite(readFileSync(file, "utf8"), name));
    }
  }
}

export function planOf(root: string): Plan {
  const { plan, problems } = loadPlan({ root });
  if (plan === undefined) throw new Error(problems.map(formatProblem).join("\n"));
  return plan;
}
