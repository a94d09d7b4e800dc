import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, type Manifest, problemAt } from "../reading/manifest";
import type { KnownEnvironment } from "../options";
import type { Path } from "../../yaml/tree";
import { type Context, eachManifest } from "./rule";
import { type Given, spelledIn } from "./spelledOut";

/** ARNs of what others made point into the account that each environment expects. */
export const foreignArns = eachManifest((manifest, context) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation }]) => {
    const path = ["secrets", name, "rotation"];
    if (rotation?.method === "rds-managed") {
      return checkArns(manifest, context, { path: [...path, "arn"], arns: rotation.arn, home: "workload" });
    }
    if (rotation?.method !== "function") return [];
    return (["arn", "role"] as const).flatMap((key) =>
      checkArns(manifest, context, { path: [...path, key], arns: rotation[key], home: "security" }),
    );
  }),
);

interface Arns {
  readonly path: Path;
  readonly arns: Given<string>;
  /** Account that they must be of. */
  readonly home: "workload" | "security";
}

function checkArns(manifest: Manifest, context: Context, { path, arns, home }: Arns): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of manifest.draft.environments ?? []) {
    const environment = name === undefined ? undefined : context.environments.get(name);
    const arn = environment === undefined ? undefined : spelledIn<string>(environment.name, path, arns);
    if (environment === undefined || arn === undefined) continue;
    const problem = arnProblem(arn.value, { environment, home }, context);
    if (problem === undefined) continue;
    problems.push(problemAt(manifest, arn.path, problem));
    if (typeof arns !== "object") break;
  }
  return problems;
}

function arnProblem(
  arn: string,
  { environment, home }: { readonly environment: KnownEnvironment } & Pick<Arns, "home">,
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
