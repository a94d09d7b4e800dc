import type { AccessDocuments, NamedPolicy, PrincipalDocuments } from "../access/input";
import { administratorArns } from "../documents/people";
import type { Plan } from "../plan/types";

/** Organisation and account that are nobody's here; AWS gives none of that form. */
export const outsider = { account: "999999999999", organisation: "o-0000000000" };

const anyAdministrator = "AnyAdministrator";

/** The most that an account's administrators could give a role. */
export const everything: NamedPolicy = {
  name: "policy that allows everything",
  document: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" }],
  }),
};

/**
 * Who else there is beside the roles that stacks register. What their own policies say nobody knows here, so each is
 * taken for one that may do everything in its account: whoever holds one of their roles, the deployer, those whom the
 * settings call administrators, any other administrator, the functions that rotate and are AWS's or a team's own, and an
 * administrator outside the organisation.
 */
export function assumedPrincipals(plan: Plan): readonly PrincipalDocuments[] {
  const { partition, stacks } = plan.organisation;
  const accounts = [...new Set(stacks.map(({ account }) => account))];
  const arns = [
    ...accounts.flatMap((account) => [
      ...administratorArns(plan.organisation, account),
      administrator(partition, account),
    ]),
    ...rotatorsElsewhere(plan),
    administrator(partition, outsider.account),
  ];
  return [...new Set(arns.map(concrete))].map((arn) => ({ arn, policies: [everything] }));
}

/** Database services' own secrets, which no stack makes. */
export function managedItems(plan: Plan): AccessDocuments["items"] {
  const arns = new Set(plan.managedSecrets.map(({ arn }) => arn));
  return [...arns].map((arn) => ({ kind: "secret", arn }));
}

export function administrator(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/${anyAdministrator}`;
}

/** Who a role of that ARN stands for; undefined for one that is itself. */
export function assumedName(arn: string): string | undefined {
  const [, , , , account = "", ...name] = arn.split(":");
  if (name.join(":") !== `role/${anyAdministrator}`) return undefined;
  return account === outsider.account ? "an outsider" : `any administrator of ${account}`;
}

/** Roles of AWS's functions, named by pattern, and of teams' own. */
export function rotatorsElsewhere(plan: Plan): readonly string[] {
  const hosted = plan.rotators.filter(({ hosted }) => hosted === "aws").map(({ role }) => role);
  const own = plan.secrets.flatMap(({ rotation, rotatorRoles }) =>
    rotation.rotator === undefined && rotation.partner === undefined ? rotatorRoles : [],
  );
  return [...new Set([...hosted, ...own])];
}

/** What stands for any text. */
const madeUp = "0a1b2c3d4e5f";

/** A name that the pattern covers, as AWS might make it up. */
export function concrete(arnPattern: string): string {
  return arnPattern.replaceAll("*", madeUp).replaceAll("?", "0");
}

/** The pattern, as far as its wildcards were for any text, of a name that was made up. */
export function patternOf(name: string): string {
  return name.replaceAll(madeUp, "*");
}
