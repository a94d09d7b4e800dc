import type { ReadPolicy } from "../../access/policies";
import type { Subject } from "../../access/subjects";
import type { Item } from "../../access/types";
import { platformRoleArn } from "../../documents/people";
import type { KeyPlan, Plan } from "../../plan/types";
import { branchesOf, branchProbes, likeAny, throughAliasesOf } from "./branches";
import type { Layer } from "./layer";

/** What a role of people may do with whole branches of its account. */
interface Reach {
  readonly reads: readonly string[];
  /** Services through which it decrypts. */
  readonly decrypts: readonly ("secretsmanager" | "ssm")[];
  /** Environments; all unless given. */
  readonly only?: readonly string[];
}

/**
 * The own policy of a role for people, by whole branches of what its account holds: developers read parameters of the
 * environments listed for them, break-glass everything; writers read nothing, and decrypt in Secrets Manager only as
 * putting a value asks for it; every other role of the platform reads nothing.
 * https://docs.aws.amazon.com/secretsmanager/latest/APIReference/API_PutSecretValue.html
 */
export function personLayer({
  plan,
  by,
  policy,
  items,
}: {
  readonly plan: Plan;
  readonly by: Subject;
  readonly policy: ReadPolicy;
  readonly items: readonly Item[];
}): Layer {
  const { account } = by;
  const { region } = plan.organisation;
  const { reads, decrypts, only } = reachOf(plan, by);
  // Most roles of the platform have to do with no value, and nothing to say of any.
  const isWithout = reads.length + decrypts.length + policy.statements.length === 0;
  const keys = plan.keys.filter(
    (key) => key.account === account && (only === undefined || only.includes(key.environment)),
  );
  const environmentsOf = (some: readonly KeyPlan[]) => some.map(({ environment }) => environment);
  const { parameters } = branchesOf(plan, { account, region, environments: environmentsOf(keys) });
  const { secrets } = branchesOf(plan, {
    account,
    region: "*",
    environments: environmentsOf(keys.filter(({ home }) => home === "security")),
  });
  const isOurs = likeAny([...secrets, ...parameters]);
  const decryptsIt = throughAliasesOf(plan, { account, keys, services: decrypts });
  return {
    policy,
    probes: isWithout ? [] : branchProbes({ plan, by, items, decrypts: decryptsIt }),
    allows: (call) =>
      (reads.includes(call.action) && isOurs(call.resource)) || decryptsIt(call) ? "account" : undefined,
    denies: () => false,
  };
}

function reachOf({ organisation }: Plan, { arn, account }: Subject): Reach {
  const is = (role: Parameters<typeof platformRoleArn>[2]) =>
    arn === platformRoleArn(organisation, account, role);
  if (is("developers"))
    return {
      reads: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
      decrypts: ["ssm"],
      only: organisation.principals.developers.environments,
    };
  if (is("breakGlass"))
    return {
      reads: ["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters"],
      decrypts: ["secretsmanager", "ssm"],
    };
  return { reads: [], decrypts: is("writers") ? ["secretsmanager"] : [] };
}
