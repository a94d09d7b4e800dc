import type { AccessDocuments, KeyDocuments, NamedPolicy } from "../../access/input";
import { readPrincipals } from "../../access/principals";
import type { Principals } from "../../access/subjects";
import { accountInArn } from "../../aws/accountInArn";
import { coversAction } from "../../aws/patterns";
import { administratorArns, platformRoleArn } from "../../documents/people";
import { administeredRotators } from "../../plan/managedAdmin";
import type { Plan } from "../../plan/types";
import { everything } from "../assumed";
import type { Opener } from "./opener";
import { openingActions } from "./openingActions";
import { demands, type Written, writtenIn } from "./written";

/**
 * Every statement of a policy of a secret, a key that values are under, or a role of the stacks that allows such an action
 * to anybody but whom the Plan means: administrators write the policies of their account's keys, writers start rotations, and
 * a rotation function takes on the one role by which it reads administrators' logins. Whether a Deny takes back what a
 * statement gives is not asked: what nobody is to do nothing is to allow.
 */
export function openPolicies(plan: Plan, { keys, items, principals }: AccessDocuments): readonly Opener[] {
  const { organisation } = plan;
  const writers = new Set(
    organisation.stacks.map(({ account }) => platformRoleArn(organisation, account, "writers")),
  );
  const takenOn = new Map(
    administeredRotators(plan).map(({ role, managedAdmins }) => [role, managedAdmins.role]),
  );
  const used = new Set(items.flatMap((item) => item.key ?? []));
  const planned = new Set(plan.keys.map(({ alias }) => alias));
  // Of a key for something else, such as logs, services may well have more.
  const isOfValues = ({ arn, aliases }: KeyDocuments) =>
    used.has(arn) || aliases.some((alias) => planned.has(alias));
  return [
    ...keys.filter(isOfValues).flatMap(({ arn, policy }) => {
      const administrators = administratorArns(organisation, accountInArn(arn));
      return openersIn(
        policy,
        (action, statement) => action === "kms:PutKeyPolicy" && isOnlyFor(statement, administrators),
      );
    }),
    ...items.flatMap((item) =>
      item.kind === "secret" && item.policy !== undefined ? openersIn(item.policy, () => false) : [],
    ),
    ...principals
      .filter(({ policies }) => !policies.includes(everything))
      .flatMap(({ arn, policies }) =>
        policies.flatMap((policy) =>
          openersIn(
            policy,
            (action, statement) =>
              (action === "secretsmanager:RotateSecret" && writers.has(arn)) ||
              (action === "sts:AssumeRole" && isAbout(statement, takenOn.get(arn))),
          ),
        ),
      ),
  ];
}

/** Whether it is about that one resource, by its whole ARN. */
function isAbout({ Resource }: Written, resource: string | undefined): boolean {
  return resource !== undefined && [Resource].flat().every((one) => one === resource);
}

function openersIn(
  policy: NamedPolicy,
  isMeant: (action: string, statement: Written) => boolean,
): readonly Opener[] {
  return writtenIn(policy).flatMap(({ name, statement }) => {
    if (statement["Effect"] !== "Allow") return [];
    const patterns = [statement["Action"]].flat().filter((one) => typeof one === "string");
    const actions = openingActions.filter(
      (action) => patterns.some((pattern) => coversAction(pattern, action)) && !isMeant(action, statement),
    );
    return actions.length === 0 ? [] : [{ policy: policy.name, statement: name, actions }];
  });
}

/** Whether it names roles of the list alone, as principals or in what it demands of `aws:PrincipalArn`. */
function isOnlyFor(statement: Written, roles: readonly string[]): boolean {
  const principals = readPrincipals(statement["Principal"], () => {});
  if ((principals.services ?? []).length > 0) return false;
  return (
    demands(statement, ["ArnEquals", "ArnLike", "StringEquals", "StringLike"], "aws:PrincipalArn", roles) ||
    namesOnly(principals, roles)
  );
}

function namesOnly({ everybody, accounts, roles }: Principals, meant: readonly string[]): boolean {
  return !everybody && accounts.size === 0 && [...roles].every((arn) => meant.includes(arn));
}
