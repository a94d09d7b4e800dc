import { elsewhereStep, platformPath, rotationPath, servicesPath } from "../plan/names";
import type { ChangeScope } from "./changeScope";
import { byOthers } from "./changes";
import type { DeclaredAlarm, DeclaredFilter, Family } from "./declaration";
import { drift } from "./drift";
import type { EventPattern, EventValue } from "./eventPattern";
import {
  all,
  any,
  differs,
  equals,
  type FilterCondition,
  filterPattern,
  oneOf,
  unequal,
} from "./filterPattern";
import { foundation } from "./foundation";
import { inFilters } from "./inFilters";
import { administratorsAssumed, notByRotation, otherRotationRoles } from "./managedAdministrators";
import { podIssuers } from "./podIssuers";
import { consumerRoles, hostedRotationRoles, notByService, rotationRoles, succeeded } from "./records";

/**
 * Becoming a role that may read, whose reads then look like any other: by assuming it, by making one, or by changing
 * whom one trusts and what bounds it. CIS 4.4 sees none of that but policies.
 */
export const takeover: Family = (account) => {
  const others = byOthers(account);
  const filter = (id: string, ...conditions: readonly FilterCondition[]): DeclaredFilter => ({
    id,
    pattern: filterPattern(all(...conditions, succeeded)),
  });
  const issuers = podIssuers(account.plan, account.environment);
  const administered = administratorsAssumed(account.plan, account.account, account.environment);
  const byIam = equals("eventSource", "iam.amazonaws.com");
  const filters = [
    filter(
      "reader-assumed",
      assuming,
      notByService,
      ...notByPods(issuers),
      ...(administered === undefined ? [] : [notByRotation(administered)]),
    ),
    filter("reader-opened", byIam, opening(account), ...others),
    ...inFilters("reader-made", making, (parts) =>
      filterPattern(all(byIam, any(...parts), ...others, succeeded)),
    ),
    ...(account.environment === undefined ? [filter("reader-employed", employing, ...others)] : []),
    ...foundation(account.principals),
  ];
  return [{ counts: { metric: "ReadersTakenOver", filters }, alarm: takenOver }];
};

const rotators = [rotationRoles, hostedRotationRoles].map(ending);
const readers = [ending(consumerRoles), ...rotators];

function ending(role: string): string {
  return `*:role/${role}`;
}

/**
 * Services assume them as `AWSService`, Pod Identity and those of roles alone among them; people, users, other accounts and
 * identity providers do not.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const assuming = all(equals("eventName", "AssumeRole*"), oneOf("requestParameters.roleArn", readers));

/**
 * Pods that have tokens of their cluster take on their own roles by them; nobody takes on another's so. Who calls is then an
 * identity provider's user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_examples-sts-oidc
 */
function notByPods(issuers: readonly string[]): readonly FilterCondition[] {
  if (issuers.length === 0) return [];
  const othersRole = all(...unequal("requestParameters.roleArn", [`*/${elsewhereStep}/*`]));
  return [any(differs("userIdentity.identityProvider", issuers), othersRole)];
}

/**
 * Rules compare whole ARNs with wildcards. A field has one test in a rule: what the role is stands in two of the record's.
 *
 * @param issuers as `podIssuers` gives them
 * @param administered whether the role for administrators' logins of database services is left to `administratorsTakenOn`
 */
export function assumingCalls(issuers: readonly string[], administered: boolean): EventPattern {
  const roles = administered
    ? [consumerRoles, hostedRotationRoles, ...otherRotationRoles].map(ending)
    : readers;
  return {
    errorCode: [{ exists: false }],
    eventName: [{ prefix: "AssumeRole" }],
    userIdentity: { type: [{ "anything-but": ["AWSService"] }] },
    ...(issuers.length > 0 && {
      $or: [
        { userIdentity: { identityProvider: noneOf(issuers) } },
        { resources: { ARN: noneOf([`*/${elsewhereStep}/*`]) } },
      ],
    }),
    requestParameters: { roleArn: roles.map((wildcard) => ({ wildcard })) },
  };
}

function noneOf(wildcard: readonly string[]): readonly EventValue[] {
  return [{ exists: false }, { "anything-but": { wildcard } }];
}

const employers = ["CreateFunction20", "UpdateFunctionConfiguration"];

/** A function of one's own with such a role. In a workload account teams' pipelines do the same with consumers' roles. */
const employing = all(
  equals("eventSource", "lambda.amazonaws.com"),
  oneOf(
    "eventName",
    employers.map((call) => `${call}*`),
  ),
  oneOf("requestParameters.role", rotators),
);

/** The same for EventBridge. */
export const employingCalls: EventPattern = {
  eventSource: ["lambda.amazonaws.com"],
  eventName: employers.map((prefix) => ({ prefix })),
  requestParameters: { role: rotators.map((wildcard) => ({ wildcard })) },
};

/** Roles of the platform as calls name them: without their path. */
const platformNames = [
  "secrets-*",
  "rotation-*",
  "expiry-watch",
  "event-notices",
  "chat-notices",
  hostedRotationRoles,
];

/** Only names are recorded, so consumers' roles are known by the environment within: `SERVICE-ENVIRONMENT-CONSUMER`. */
function opening({ environment }: ChangeScope): FilterCondition {
  const consumers = environment === undefined ? [] : [`*-${environment}-*`];
  return all(
    oneOf("eventName", [
      "UpdateAssumeRolePolicy",
      "PutRolePermissionsBoundary",
      "DeleteRolePermissionsBoundary",
      "AddRoleToInstanceProfile",
    ]),
    oneOf("requestParameters.roleName", [...platformNames, ...consumers]),
  );
}

/**
 * A role under a path that is a grant, a policy for one of the platform's own roles, or another text of one of its
 * policies, the boundary among them. What a consumer's role may do beside, its boundary limits; teams' own roles may have names alike.
 */
const making: readonly FilterCondition[] = [
  all(
    equals("eventName", "CreateRole"),
    any(
      oneOf("requestParameters.path", [`${servicesPath}*`, `${platformPath}*`, `${rotationPath}*`]),
      equals("requestParameters.roleName", hostedRotationRoles),
    ),
  ),
  all(
    oneOf("eventName", ["PutRolePolicy", "AttachRolePolicy"]),
    oneOf("requestParameters.roleName", platformNames),
  ),
  all(
    oneOf("eventName", ["CreatePolicyVersion", "SetDefaultPolicyVersion"]),
    oneOf("requestParameters.policyArn", [`*:policy${platformPath}*`, "*/services-boundary-*"]),
  ),
];

const takenOver: DeclaredAlarm = {
  id: "reader-taken-over",
  runbook:
    "Somebody assumed a role of a consumer or a rotation function, which only AWS's services and the pods of an EKS consumer do, or made, opened or used such a role by hand; " +
    "or changed the role of the deployer, of an administrator or of who makes them, a policy of the platform, or an identity provider that roles trust. " +
    "First: find who and which role in the trail's log group. If nobody meant it, revoke the role's sessions in IAM, and those of who did it. " +
    "Deployer and administrators are put back by what makes them, such as a stack set, before anything is deployed; " +
    `everything else by ${drift.putBack}. A role, or a policy of one, that was added beside ours Pulumi does not see: delete it. ` +
    "Then `npx platform audit` says what the role read since, and `npx platform rotate` replaces it.",
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};
