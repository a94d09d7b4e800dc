import { readArn } from "../../access/arn";
import type { Call } from "../../access/call";
import { encryptionContext, serviceNames } from "../../access/calls";
import { arnLikeOneOf, likeOneOf, type Matcher } from "../../access/match";
import type { ReadPolicy } from "../../access/policies";
import type { Item, Key } from "../../access/types";
import { administratorArns, deployerArns, platformRoleArn } from "../../documents/people";
import { environmentOf } from "../../plan/environmentOf";
import { servicesPath } from "../../plan/names";
import type { KeyPlan, Plan } from "../../plan/types";
import { administrator, concrete } from "../assumed";
import type { Layer } from "./layer";
import {
  decryptCalls,
  type Encrypted,
  encrypted,
  inContextOf,
  oneOfEach,
  regionsOf,
  strangersTo,
  wrongDecrypts,
} from "./probes";
import { subjectsOf } from "./subjects";

/**
 * A key's own policy: lets decrypt only through the service that keeps what is under it, and for names of the key's own
 * branch. Through Secrets Manager all consumers of the environment once one of them reads, since a secret has a policy of
 * its own; through Parameter Store the readers one by one.
 */
export function keyLayer({
  plan,
  planned,
  key,
  policy,
  items,
}: {
  readonly plan: Plan;
  readonly planned: KeyPlan;
  readonly key: Key;
  readonly policy: ReadPolicy;
  /** All there are. */
  readonly items: readonly Item[];
}): Layer {
  const { organisation } = plan;
  const [secrets, parameters] = [decryptersOfSecrets(plan, planned), decryptersOfParameters(plan, planned)];
  const throughSecrets = through({ plan, planned, key }, "secretsmanager", secrets);
  const throughParameters = through({ plan, planned, key }, "ssm", parameters);
  const foreign = oneOfEach(
    encrypted(items).filter(({ underKey }) => underKey.key !== key),
    ({ arn, underKey }) => `${arn.service} ${underKey.key.arn}`,
  );
  const workload = environmentOf(plan, planned.environment).workload.account;
  const nobody = [planned.account, workload].flatMap((account) => [
    administrator(organisation.partition, account),
    platformRoleArn(organisation, account, "developers"),
    platformRoleArn(organisation, account, "writers"),
    platformRoleArn(organisation, account, "breakGlass"),
    ...administratorArns(organisation, account),
    `arn:${organisation.partition}:iam::${account}:role${servicesPath}any/any`,
  ]);
  const named = [...new Set([...secrets, ...parameters, ...nobody].map(concrete))];
  // Consumers stand in one statement of each service, whoever they are.
  const [first] = parameters;
  const several = new Set(
    [...secrets, ...parameters.filter((arn) => arn === first || !isConsumer(arn))].map(concrete),
  );
  return {
    policy,
    probes: anyUnder(planned, key).flatMap((item) =>
      named.flatMap((arn) =>
        decryptCalls(subjectsOf(organisation)(arn), item).flatMap((call) => [
          call,
          ...(several.has(arn) ? wrongWays(call, regionsOf(plan), foreign) : []),
        ]),
      ),
    ),
    allows: (call) => (throughSecrets(call) || throughParameters(call) ? "account" : undefined),
    denies: () => false,
  };
}

/** A secret and a parameter of the key's branch, whether there is any such or not: the policy tells no single ones apart. */
function anyUnder({ service = "any-service", environment }: KeyPlan, key: Key): readonly Encrypted[] {
  const place = (of: string) => key.arn.split(":").with(2, of).slice(0, 5).join(":");
  const name = `${service}/${environment}/any-item`;
  return [
    readArn(`${place("secretsmanager")}:secret:${name}-0a1b2c`, "secretsmanager", /^secret:/),
    readArn(`${place("ssm")}:parameter/${name}`, "ssm", /^parameter/),
  ].flatMap((arn, at): Encrypted[] =>
    arn === undefined
      ? []
      : [
          {
            kind: at === 0 ? "secret" : "parameter",
            arn,
            owner: key.owner,
            underKey: {
              key,
              asked: { aliases: key.aliases, encryptionContext: encryptionContext(arn) },
              services: serviceNames(arn),
            },
          },
        ],
  );
}

function wrongWays(call: Call, regions: ReadonlySet<string>, foreign: readonly Encrypted[]): readonly Call[] {
  return [
    ...strangersTo(call.by).map((by) => ({ ...call, by })),
    ...wrongDecrypts(call, regions),
    ...foreign.map((item) => inContextOf(call, item)),
  ];
}

function isConsumer(arn: string): boolean {
  return arn.includes(`:role${servicesPath}`);
}

/** ARNs and patterns of roles. */
function decryptersOfSecrets(plan: Plan, key: KeyPlan): readonly string[] {
  if (key.home !== "security") return [];
  const { organisation } = plan;
  const secrets = plan.secrets.filter((secret) => secret.key === key);
  const { account } = environmentOf(plan, key.environment).workload;
  const isRead = secrets.some(({ readers }) => readers.length > 0);
  return [
    ...(isRead ? [`arn:${organisation.partition}:iam::${account}:role${servicesPath}*`] : []),
    ...secrets.flatMap(({ rotatorRoles }) => rotatorRoles),
    // Putting a value asks for Decrypt as well.
    ...deployerArns(organisation, key.account),
    platformRoleArn(organisation, key.account, "writers"),
    platformRoleArn(organisation, key.account, "breakGlass"),
  ];
}

function decryptersOfParameters(plan: Plan, key: KeyPlan): readonly string[] {
  const { organisation } = plan;
  const { environments } = organisation.principals.developers;
  const parameters = plan.parameters.filter((parameter) => parameter.key === key);
  return [
    ...new Set(parameters.flatMap(({ readers }) => readers.map(({ arn }) => arn))),
    ...(environments.includes(key.environment)
      ? [platformRoleArn(organisation, key.account, "developers")]
      : []),
    platformRoleArn(organisation, key.account, "breakGlass"),
  ];
}

/** Whether a call of Decrypt comes through the service, for a name of the key's branch, by one of the roles. */
function through(
  { plan, planned, key }: { readonly plan: Plan; readonly planned: KeyPlan; readonly key: Key },
  service: "secretsmanager" | "ssm",
  roles: readonly string[],
): (call: Call) => boolean {
  const { organisation } = plan;
  const [, , , own = ""] = key.arn.split(":");
  // A replica is put through the home region's service.
  const regions = service === "secretsmanager" ? [own, organisation.region] : [own];
  const isRole: Matcher = roles.length === 0 ? () => false : arnLikeOneOf(roles);
  const branch = `${planned.service ?? "*"}/${planned.environment}/*`;
  const [context, name] =
    service === "secretsmanager"
      ? ["secretarn", `arn:${organisation.partition}:secretsmanager:*:${planned.account}:secret:${branch}`]
      : ["parameter_arn", `arn:${organisation.partition}:ssm:${own}:${planned.account}:parameter/${branch}`];
  const isOfBranch = likeOneOf([name]);
  return ({ by, via = "", key: asked }) => {
    const value = asked?.encryptionContext.get(context)?.value;
    return (
      regions.some((region) => via.startsWith(`${service}.${region}.`)) &&
      by.organisation === organisation.id &&
      isRole(by.arn) &&
      value !== undefined &&
      isOfBranch(value)
    );
  };
}
