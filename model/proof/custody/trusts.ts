import type { AccessDocuments, NamedPolicy } from "../../access/input";
import { isObject } from "../../access/conditions";
import { roleServices } from "../../aws/roleServices";
import { serviceName } from "../../aws/serviceUse";
import { platformRoleArn } from "../../documents/people";
import { namedRoleArns } from "../../plan/arns";
import { rolesOf } from "../../plan/contents";
import { administeredRotators } from "../../plan/managedAdmin";
import { platformRoleNames } from "../../plan/names";
import type { Plan, RolePlan } from "../../plan/types";
import type { Opener } from "./opener";
import { demands, type Written, writtenIn } from "./written";

/**
 * Who is meant to act as a role, in words of the Plan: names of services, ARNs and patterns of roles, a provider of
 * identities, and what the session has to be of.
 */
interface Meant {
  readonly services: readonly string[];
  readonly roles: readonly string[];
  readonly provider?: string;
  /** Values of condition keys that have to be asked for exactly, by `StringEquals` or `Bool`. */
  readonly session?: Readonly<Record<string, string>>;
}

/**
 * Statements of trusts of the stacks' roles that let in anybody but
 * - the one service that runs a consumer, for pods of the one service account
 * - Lambda, or Secrets Manager itself, for what rotates
 * - the one rotation function of the organisation, for what reads administrators' logins of database services
 * - those whom the settings name, for people's roles, by a second factor where they ask for it
 * - services alone, for every other role
 *
 * Whether a service is held to its account is for the policy pack to judge (`trust-deputy`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function openTrusts(plan: Plan, { principals }: AccessDocuments): readonly Opener[] {
  const meantOf = meantIn(plan);
  return principals.flatMap(({ arn, trust }) => (trust === undefined ? [] : wideIn(trust, meantOf(arn))));
}

function meantIn(plan: Plan): (arn: string) => Meant | undefined {
  const { organisation } = plan;
  const consumers = new Map(rolesOf(plan.consumers).map((role) => [role.arn, role]));
  const rotators = new Set(plan.rotators.map(({ role }) => role));
  const administrators = new Map(
    administeredRotators(plan).map(({ role, managedAdmins }) => [managedAdmins.role, role]),
  );
  const partners = new Set(plan.secrets.flatMap(({ rotation }) => rotation.partner?.role ?? []));
  const people = new Map(
    organisation.stacks.flatMap(({ account }) =>
      (Object.keys(platformRoleNames) as (keyof typeof platformRoleNames)[]).map((name) => [
        platformRoleArn(organisation, account, name),
        organisation.principals[name].trusted.flatMap((trusted) =>
          namedRoleArns({ partition: organisation.partition, account }, trusted),
        ),
      ]),
    ),
  );
  const breakGlass = new Set(
    organisation.stacks.map(({ account }) => platformRoleArn(organisation, account, "breakGlass")),
  );
  return (arn) => {
    const consumer = consumers.get(arn);
    if (consumer !== undefined) return meantConsumer(consumer, organisation.region);
    if (rotators.has(arn)) return { services: ["lambda"], roles: [] };
    const administered = administrators.get(arn);
    if (administered !== undefined)
      return { services: [], roles: [administered], session: { "aws:PrincipalOrgID": organisation.id } };
    if (partners.has(arn)) return { services: ["secretsmanager"], roles: [] };
    const roles = people.get(arn);
    if (roles === undefined) return undefined;
    const secondFactor = organisation.principals.breakGlass.mfa === "iam" && breakGlass.has(arn);
    return {
      ...{ services: [], roles },
      ...(secondFactor && { session: { "aws:MultiFactorAuthPresent": "true" } }),
    };
  };
}

const ofKind: Readonly<Record<Exclude<RolePlan["use"], "eks" | "role">, string>> = {
  lambda: "lambda",
  "ecs-execution": "ecs-tasks",
  "ecs-task": "ecs-tasks",
  ec2: "ec2",
  codebuild: "codebuild",
};

function meantConsumer({ use, by, pods, arn }: RolePlan, region: string): Meant {
  if (use === "role") return { services: by === undefined ? [] : [roleServices[by].principal], roles: [] };
  if (use !== "eks") return { services: [ofKind[use]], roles: [] };
  const { namespace = "", serviceAccount = "", cluster, oidcProvider } = pods ?? {};
  const [, partition = "", , , account = ""] = arn.split(":");
  if (oidcProvider !== undefined)
    return {
      services: [],
      roles: [],
      provider: `arn:${partition}:iam::${account}:oidc-provider/${oidcProvider}`,
      session: {
        [`${oidcProvider}:aud`]: "sts.amazonaws.com",
        [`${oidcProvider}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    };
  return {
    services: ["pods.eks"],
    roles: [],
    session: {
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
      ...(cluster !== undefined && {
        "aws:RequestTag/eks-cluster-arn": `arn:${partition}:eks:${region}:${account}:cluster/${cluster}`,
      }),
    },
  };
}

function wideIn(trust: NamedPolicy, meant: Meant | undefined): readonly Opener[] {
  return writtenIn(trust)
    .filter(({ statement }) => statement["Effect"] === "Allow" && !isMeant(statement, meant))
    .map(({ name, statement }) => ({
      policy: trust.name,
      statement: name,
      actions: [statement["Action"]].flat().map(String),
    }));
}

/** Of a role that no part of the Plan speaks of, services alone are. */
function isMeant(statement: Written, meant: Meant | undefined): boolean {
  const principal = statement["Principal"];
  if (!isObject(principal)) return false;
  const asksForRoles =
    meant !== undefined && demands(statement, ["ArnEquals", "ArnLike"], "aws:PrincipalArn", meant.roles);
  const ofSession = Object.entries(meant?.session ?? {}).every(([key, wanted]) =>
    demands(statement, ["StringEquals", "Bool"], key, [wanted]),
  );
  const isWho = Object.entries(principal).every(([kind, names]) =>
    [names].flat().every((name) => {
      if (typeof name !== "string") return false;
      if (kind === "Service") return meant === undefined || meant.services.includes(serviceName(name) ?? "");
      if (kind === "Federated") return meant?.provider === name;
      return kind === "AWS" && (asksForRoles || meant?.roles.includes(name) === true);
    }),
  );
  return isWho && ofSession;
}
