import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
} from "@aws-sdk/client-iam";
import { withCalls } from "../../../aws/pages";
import type { NamedPolicy, PrincipalDocuments } from "../../../model/access/input";
import type { Auditor } from "./auditor";

/** Roles that AWS makes for its services, which call by themselves: the evaluator does not cover them. */
const servicesOwn = "/aws-service-role/";

export interface ReadRoles {
  readonly principals: readonly PrincipalDocuments[];
  /** ARNs. */
  readonly users: readonly string[];
}

/**
 * All roles of the account with the documents of their own policies and boundaries. IAM gives roles, and the account's own
 * managed policies with their default versions, page by page; AWS's own managed policies are asked for one by one, each once.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readRoles({ account, iam, call }: Auditor): Promise<ReadRoles> {
  const action = "iam:GetAccountAuthorizationDetails";
  const client = withCalls(iam, (send) => call({ action, target: `account ${account}` }, send));
  const roles: RoleDetail[] = [];
  const users: string[] = [];
  const documents = new Map<string, string>();
  const pages: AsyncIterable<GetAccountAuthorizationDetailsCommandOutput> =
    paginateGetAccountAuthorizationDetails({ client }, { Filter: ["Role", "User", "LocalManagedPolicy"] });
  for await (const { RoleDetailList = [], UserDetailList = [], Policies = [] } of pages) {
    roles.push(...RoleDetailList.filter(({ Path = "" }) => !Path.startsWith(servicesOwn)));
    users.push(...UserDetailList.map(({ Arn = "" }) => Arn));
    for (const policy of Policies) documents.set(policy.Arn ?? "", defaultVersion(policy));
  }
  for (const arn of new Set(roles.flatMap(managedBy)))
    if (!documents.has(arn)) documents.set(arn, await managedPolicy(arn));
  const managed = (arn: string): NamedPolicy => ({
    name: `policy ${arn.slice(arn.lastIndexOf("/") + 1)}`,
    document: documents.get(arn) ?? "",
  });
  return {
    users,
    principals: roles.map((role): PrincipalDocuments => {
      const { Arn: arn = "", RoleName = "", RolePolicyList = [], AttachedManagedPolicies = [] } = role;
      const { AssumeRolePolicyDocument = "" } = role;
      const boundary = boundaryOf(role);
      return {
        arn,
        policies: [
          ...RolePolicyList.map(({ PolicyDocument = "" }) => ({
            name: `policy of the role ${RoleName} in ${account}`,
            document: decoded(PolicyDocument),
          })),
          ...AttachedManagedPolicies.map(({ PolicyArn = "" }) => managed(PolicyArn)),
        ],
        ...(boundary !== undefined && { boundary: managed(boundary) }),
        trust: {
          name: `trust of the role ${RoleName} in ${account}`,
          document: decoded(AssumeRolePolicyDocument),
        },
      };
    }),
  };

  async function managedPolicy(arn: string): Promise<string> {
    const { Policy } = await call({ action: "iam:GetPolicy", target: arn }, () =>
      iam.send(new GetPolicyCommand({ PolicyArn: arn })),
    );
    const { PolicyVersion } = await call({ action: "iam:GetPolicyVersion", target: arn }, () =>
      iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId })),
    );
    return decoded(PolicyVersion?.Document ?? "");
  }
}

function managedBy(role: RoleDetail): readonly string[] {
  const boundary = boundaryOf(role);
  return [
    ...(role.AttachedManagedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn),
    ...(boundary === undefined ? [] : [boundary]),
  ];
}

function boundaryOf({ PermissionsBoundary }: RoleDetail): string | undefined {
  return PermissionsBoundary?.PermissionsBoundaryArn;
}

function defaultVersion({ PolicyVersionList = [] }: ManagedPolicyDetail): string {
  return decoded(PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? "");
}

/** IAM gives documents URL-encoded (RFC 3986). https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html */
function decoded(document: string): string {
  return document.trimStart().startsWith("{") ? document : decodeURIComponent(document);
}
