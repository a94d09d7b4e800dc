import type { Caller } from "./evaluator";

/** Somebody makes a call in a member account, and whether the organisation's policy refuses it. */
export interface OrganisationCall {
  readonly by: string;
  readonly action: string;
  readonly resource: string;
  readonly refused: boolean;
}

const account = "333333333333";
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** Each as `aws:PrincipalArn` gives it. */
export const callers = {
  deployer: role("platform-deployer"),
  administrator: role("platform-administrator"),
  stackSet: role("stacksets-exec-0123456789abcdef0123456789abcdef"),
  team: role("teams/shop"),
  user: `arn:aws:iam::${account}:user/mallory`,
  root: `arn:aws:iam::${account}:root`,
  // Names that only look like those that are exempt.
  deployerElsewhere: role("mine/platform-deployer"),
  secondDeployer: role("platform-deployer-2"),
  stackSetElsewhere: role("mine/stacksets-exec-0123"),
} as const;

type CallerName = keyof typeof callers;

export function callerOf({ by }: OrganisationCall): Caller {
  return { arn: by, account, organisation: "o-exampleorgid" };
}

/**
 * What of IAM's calls changes a role that is there, or makes one; the list of the service's own model.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const onRoles = [
  "AttachRolePolicy",
  "CreateRole",
  "DeleteRole",
  "DeleteRolePermissionsBoundary",
  "DeleteRolePolicy",
  "DetachRolePolicy",
  "PutRolePermissionsBoundary",
  "PutRolePolicy",
  "TagRole",
  "UntagRole",
  "UpdateAssumeRolePolicy",
  "UpdateRole",
  "UpdateRoleDescription",
].map((call) => `iam:${call}`);

const onPolicies = [
  "CreatePolicy",
  "CreatePolicyVersion",
  "DeletePolicy",
  "DeletePolicyVersion",
  "SetDefaultPolicyVersion",
  "TagPolicy",
  "UntagPolicy",
].map((call) => `iam:${call}`);

const onProfiles = [
  "AddRoleToInstanceProfile",
  "CreateInstanceProfile",
  "DeleteInstanceProfile",
  "RemoveRoleFromInstanceProfile",
].map((call) => `iam:${call}`);

const consumer = role("services/orders/orders-prod-api");
const platformRoles = [
  role("platform/secrets-writers"),
  role("rotation/orders"),
  role("serverlessrepo-spa1b2c3d-SecretsManagerRotationRole-1ABCDEFGHIJK"),
];
const guarded = [callers.deployer, callers.administrator, callers.stackSet];
const boundary = `arn:aws:iam::${account}:policy/platform/services-boundary-prod`;
const profile = `arn:aws:iam::${account}:instance-profile/services/orders/orders-prod-reports`;
const identityProvider = `arn:aws:iam::${account}:saml-provider/company`;
const bucket = "arn:aws:s3:::secrets-platform-trails-0a1b2c3d";
const table = "arn:aws:glue:eu-west-1:111111111111:table/secrets_platform/trail_records";
const database = "arn:aws:glue:eu-west-1:111111111111:database/secrets_platform";
const workgroup = "arn:aws:athena:eu-west-1:111111111111:workgroup/secrets-platform-audit";
const trail = `arn:aws:cloudtrail:eu-west-1:${account}:trail/secrets-platform`;

/** What only the deployer does, with what it does it to. */
const deployments: readonly (readonly [readonly string[], readonly string[]])[] = [
  [onRoles, [consumer, ...platformRoles]],
  [["iam:PassRole"], platformRoles],
  [onPolicies, [boundary]],
  [onProfiles, [profile]],
  [["athena:DeleteWorkGroup", "athena:UpdateWorkGroup"], [workgroup]],
  [
    ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"].map((call) => `cloudtrail:${call}`),
    [trail],
  ],
  [["CreateTable", "UpdateTable", "DeleteTable", "BatchDeleteTable"].map((call) => `glue:${call}`), [table]],
  [["glue:UpdateDatabase", "glue:DeleteDatabase"], [database]],
  [["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"], [bucket]],
];

/** What only those do that make the deployer. */
const foundations: readonly (readonly [readonly string[], readonly string[]])[] = [
  [[...onRoles, "iam:PassRole"], guarded],
  [["iam:UpdateSAMLProvider"], [identityProvider]],
];

/** What anybody may go on doing whose own policies let them. */
const passing: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ["iam:GetRole", "iam:ListRoleTags", "iam:ListAttachedRolePolicies"],
    [consumer, ...platformRoles, ...guarded],
  ],
  [["iam:GetPolicy", "iam:GetPolicyVersion"], [boundary]],
  [["iam:PassRole"], [consumer, role("teams/shop-api")]],
  [
    onRoles,
    [role("teams/shop-api"), role("shop-services"), role("services-shop"), role("platform-deployer-2")],
  ],
  [onRoles, [role("serverlessrepo-other-Role-1ABC"), role("stacksets-admin")]],
  [onPolicies, [`arn:aws:iam::${account}:policy/teams/shop`]],
  [onProfiles, [`arn:aws:iam::${account}:instance-profile/teams/shop`]],
  [["sts:AssumeRole"], [callers.deployer, callers.administrator, role("platform/secrets-writers")]],
  [
    ["secretsmanager:PutSecretValue"],
    ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-a1B2c3"],
  ],
  [["athena:StartQueryExecution", "athena:GetQueryResults", "athena:GetWorkGroup"], [workgroup]],
  [["athena:UpdateWorkGroup"], ["arn:aws:athena:eu-west-1:111111111111:workgroup/primary"]],
  [["cloudtrail:GetTrailStatus"], [trail]],
  [["cloudtrail:StopLogging"], [`arn:aws:cloudtrail:eu-west-1:${account}:trail/of-a-team`]],
  [
    ["glue:GetTable", "glue:GetPartitions"],
    [table, database],
  ],
  [["glue:UpdateTable"], ["arn:aws:glue:eu-west-1:111111111111:table/sales/orders"]],
  [["s3:GetObject"], [`${bucket}/AWSLogs/${account}/CloudTrail/eu-west-1/2026/03/03/file.json.gz`]],
  [["s3:PutBucketPolicy"], ["arn:aws:s3:::of-a-team"]],
];

const everybody = Object.keys(callers) as CallerName[];

function calls(
  cases: readonly (readonly [readonly string[], readonly string[]])[],
  allowed: readonly CallerName[],
): readonly OrganisationCall[] {
  return cases.flatMap(([actions, resources]) =>
    actions.flatMap((action) =>
      resources.flatMap((resource) =>
        everybody.map((name) => ({
          by: callers[name],
          action,
          resource,
          refused: !allowed.includes(name),
        })),
      ),
    ),
  );
}

export const organisationCalls: readonly OrganisationCall[] = [
  ...calls(deployments, ["deployer"]),
  ...calls(foundations, ["stackSet"]),
  ...calls(passing, everybody),
];
