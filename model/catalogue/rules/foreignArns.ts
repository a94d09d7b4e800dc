import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, type Manifest, problemAt } from "../reading/manifest";
import type { KnownEnvironment } from "../options";
import type { Path } from "../../yaml/tree";
import { type Context, eachManifest } from "./rule";

/** ARNs of what others made point into the account that each environment expects. */
export const foreignArns = eachManifest((manifest, context) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation }]) => {
    const path = ["secrets", name, "rotation"];
    if (rotation?.method === "rds-managed") {
      return checkArns(manifest, context, [...path, "arn"], rotation.arn, "workload");
    }
    if (rotation?.method !== "function") return [];
    return [
      ...checkArns(manifest, context, [...path, "arn"], rotation.arn, "security"),
      ...checkArns(manifest, context, [...path, "role"], rotation.role, "security"),
    ];
  }),
);

type Arns = string | { readonly [environment: string]: string | undefined } | undefined;

function checkArns(
  manifest: Manifest,
  context: Context,
  path: Path,
  arns: Arns,
  home: "workload" | "security",
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of manifest.draft.environments ?? []) {
    const environment = name === undefined ? undefined : context.environments.get(name);
    const arn = typeof arns === "object" ? arns[name ?? ""] : arns;
    if (environment === undefined || arn === undefined) continue;
    const problem = arnProblem(arn, environment, home, context);
    if (problem === undefined) continue;
    if (typeof arns !== "object") return [problemAt(manifest, path, problem)];
    problems.push(problemAt(manifest, [...path, environment.name], problem));
  }
  return problems;
}

function arnProblem(
  arn: string,
  environment: KnownEnvironment,
  home: "workload" | "security",
  { options }: Context,
): ProblemWords | undefined {
  const [, partition, , region, account] = arn.split(":");
  const expected = home === "workload" ? environment.account : environment.securityAccount;
  if (account !== expected) {
    return {
      found: `found an ARN of the account ${account}`,
      allowed: `in ${environment.name} it lies in the ${home} account, ${expected}`,
      remedy: `give the ARN of the ${home} account; a map by environment takes one for each`,
    };
  }
  if (partition !== options.partition) {
    return {
      found: `found an ARN of the partition ${partition}`,
      allowed: `the organisation is in the partition ${options.partition}`,
      remedy: "correct the ARN",
    };
  }
  if (region !== "" && region !== options.region) {
    return {
      found: `found an ARN of the region ${region}`,
      allowed: `it lies in the region of the stacks, ${options.region}`,
      remedy: "correct the ARN",
    };
  }
  return undefined;
}
