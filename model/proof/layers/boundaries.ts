import { decrypt } from "../../access/actions";
import type { Call } from "../../access/call";
import { likeOneOf } from "../../access/match";
import { ask, PolicyReader, type ReadPolicy } from "../../access/policies";
import { NotModelled } from "../../access/notModelled";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import type { EnvironmentPlan, Plan } from "../../plan/types";
import type { Layer } from "./layer";
import { decryptCalls, isEncrypted, oneOfEach, readCalls, regionsOf, wrongDecrypts } from "./probes";

/**
 * The permissions boundary of an environment's consumers: lets read what is of the environment, and what database services
 * keep in its account; denies reading anything else; lets decrypt through the services that keep values.
 */
export function boundaryLayer({
  plan,
  environment,
  by,
  policy,
  items,
}: {
  readonly plan: Plan;
  readonly environment: EnvironmentPlan;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  /** Of each environment, account, region and kind at least one. */
  readonly items: readonly Item[];
}): Layer {
  const { organisation } = plan;
  const [security, workload] = [environment.security.account, environment.workload.account];
  const arnOf = (service: string, account: string, name: string) =>
    `arn:${organisation.partition}:${service}:*:${account}:${name}`;
  const isOfEnvironment = likeOneOf([
    arnOf("secretsmanager", security, `secret:*/${environment.name}/*`),
    arnOf("secretsmanager", workload, "secret:rds!*"),
    arnOf("secretsmanager", workload, "secret:redshift!*"),
    arnOf("ssm", security, `parameter/*/${environment.name}/*`),
    arnOf("ssm", workload, `parameter/*/${environment.name}/*`),
  ]);
  const isOurKey = likeOneOf([security, workload].map((account) => arnOf("kms", account, "key/*")));
  const regions = regionsOf(plan);
  const added = settingsOf(plan, environment);
  return {
    policy,
    probes: [
      ...items.flatMap((item) => [...readCalls(by, item), ...decryptCalls(by, item)]),
      ...oneOfEach(items.filter(isEncrypted), ({ arn }) => `${arn.service} ${arn.account}`).flatMap((item) =>
        decryptCalls(by, item).flatMap((call) => wrongDecrypts(call, regions)),
      ),
    ],
    allows: (call) => (isLet(call) || ask(added, call).effect === "allow" ? "account" : undefined),
    denies: ({ action, resource }) => action !== decrypt && !isOfEnvironment(resource),
  };

  function isLet({ action, resource, via }: Call): boolean {
    if (action === decrypt) {
      const [service = "", region = ""] = via?.split(".") ?? [];
      return isOurKey(resource) && ["secretsmanager", "ssm"].includes(service) && regions.has(region);
    }
    const isPastOrPath = action === "ssm:GetParameterHistory" || action === "ssm:GetParametersByPath";
    return !isPastOrPath && isOfEnvironment(resource);
  }
}

/** What the environment's settings add for other services, as far as it reads values. */
function settingsOf({ organisation }: Plan, { workload }: EnvironmentPlan): ReadPolicy {
  const stack = organisation.stacks.find(({ name }) => name === workload.stack);
  const reader = new PolicyReader();
  const policy = reader.read(
    {
      name: `boundary of ${workload.stack}'s settings`,
      document: {
        Version: "2012-10-17",
        Statement: (stack?.kind === "workload" ? stack.boundary : []).map(({ actions, resources }) => ({
          Effect: "Allow",
          Action: actions,
          Resource: resources,
        })),
      },
    },
    "identity",
  );
  if (reader.reasons.length > 0) throw new NotModelled(reader.reasons);
  return policy;
}
