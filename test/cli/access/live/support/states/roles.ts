import {
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import type { Hands } from "../hands";
import { add, allow, assumedBy } from "../edits";
import { api, prod, security, staging, stranger } from "../names";
import type { State } from "../state";

export function roleStates(hands: Hands): readonly State[] {
  return [
    {
      name: "a consumer may read another service's secret",
      account: prod,
      tamper: hands.rolePolicy(
        api,
        allow(
          "secretsmanager:GetSecretValue",
          undefined,
          `arn:aws:secretsmanager:eu-west-1:${security}:secret:payments/prod/ledger-??????`,
        ),
      ),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer may read every parameter of its account",
      account: prod,
      tamper: hands.rolePolicy(api, allow("ssm:GetParameter", undefined, "*")),
      says: [
        /^document policies of the role orders-prod-api: added by hand: ByHand/,
        /^pair .*orders-prod-api can read .*parameter\/payments\/prod\/charge-limit: nothing grants it: .*ByHand/,
        /^layer policies of the role .*orders-prod-api: its Allow/,
      ],
    },
    {
      name: "a consumer's own policy is gone",
      account: prod,
      tamper: async () => {
        const { iam } = hands.auditor(prod);
        const policy = { RoleName: api, PolicyName: "policy-0" };
        const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(policy));
        await iam.send(new DeleteRolePolicyCommand(policy));
        return () =>
          iam.send(
            new PutRolePolicyCommand({ ...policy, PolicyDocument: decodeURIComponent(PolicyDocument) }),
          );
      },
      says: [
        /^document policies of the role orders-prod-api: taken out: /,
        /^pair .*orders-prod-api cannot read .*database/,
      ],
    },
    {
      name: "a consumer has another policy attached",
      account: prod,
      tamper: hands.attach(api, allow("ssm:*", undefined, "*")),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer's policy says what is not modelled",
      account: prod,
      tamper: hands.rolePolicy(api, { Sid: "ByHand", Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
      undecided: [/role\/services\/orders\/orders-prod-api .*NotAction/],
    },
    {
      name: "a consumer's role may be assumed from another account",
      account: prod,
      tamper: hands.trust(api, add(assumedBy({ AWS: `arn:aws:iam::${stranger}:root` }))),
      says: [/^document trust of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer's role may be assumed by another service",
      account: prod,
      tamper: hands.trust(api, add(assumedBy({ Service: "ec2.amazonaws.com" }))),
      says: [/^document trust of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a role's trust lost what guards it against a confused deputy",
      account: prod,
      tamper: hands.trust("orders-prod-worker-task", (text) => {
        const document = JSON.parse(text) as { Statement: readonly { Condition?: unknown }[] };
        return JSON.stringify({
          ...document,
          Statement: document.Statement.map((one) => ({ ...one, Condition: undefined })),
        });
      }),
      says: [/^document trust of the role orders-prod-worker-task: changed: /],
    },
    {
      name: "break-glass may be assumed without a second factor",
      account: security,
      tamper: hands.trust(
        "secrets-break-glass",
        add(assumedBy({ AWS: `arn:aws:iam::${security}:root` })),
        security,
      ),
      says: [/^document trust of the role secrets-break-glass: added by hand: ByHand/],
    },
    {
      name: "a boundary is taken off",
      account: prod,
      tamper: async () => {
        const { iam } = hands.auditor(prod);
        const { Role } = await iam.send(new GetRoleCommand({ RoleName: api }));
        await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: api }));
        return () =>
          iam.send(
            new PutRolePermissionsBoundaryCommand({
              RoleName: api,
              PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
            }),
          );
      },
      says: [/^boundary role orders-prod-api: has no boundary for policy services-boundary-prod/],
    },
    {
      name: "a boundary is widened",
      account: prod,
      tamper: async () => {
        const { iam } = hands.auditor(prod);
        const PolicyArn = `arn:aws:iam::${prod}:policy/services-boundary-prod`;
        const { PolicyVersion } = await iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn,
            PolicyDocument: JSON.stringify({
              Version: "2012-10-17",
              Statement: [allow("*", undefined, "*")],
            }),
            SetAsDefault: true,
          }),
        );
        return async () => {
          await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
          await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: PolicyVersion?.VersionId }));
        };
      },
      says: [
        /^document boundary of the role orders-prod-api: added by hand: ByHand; taken out: /,
        /^layer policy services-boundary-prod/,
      ],
    },
    {
      name: "a role under the platform's path is in no manifest",
      account: prod,
      tamper: hands.role(
        "/services/orders/",
        "orders-prod-by-hand",
        allow("ssm:GetParameter", undefined, "*"),
      ),
      says: [
        /^not planned role orders-prod-by-hand/,
        /^pair .*orders-prod-by-hand can read .*parameter\/orders\/prod\/log-level/,
      ],
    },
    {
      name: "a role outside the platform can read",
      account: prod,
      tamper: hands.role(
        "/",
        "legacy",
        allow(["ssm:GetParameter", "secretsmanager:GetSecretValue"], undefined, "*"),
      ),
      says: [
        /^pair .*role\/legacy can read .*parameter\/orders\/prod\/log-level/,
        /^pair .*role\/legacy can read .*secret:rds!cluster/,
      ],
    },
    {
      name: "a role of the platform is gone",
      account: staging,
      tamper: async () => {
        const { iam } = hands.auditor(staging);
        const RoleName = "orders-staging-worker-task";
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        await iam.send(new DeleteRoleCommand({ RoleName }));
        return () =>
          iam.send(
            new CreateRoleCommand({
              RoleName,
              Path: Role?.Path,
              AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
              PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
            }),
          );
      },
      says: [/^missing role orders-staging-worker-task/],
    },
    {
      name: "people who write may read",
      account: security,
      tamper: hands.rolePolicy("secrets-writers", allow("secretsmanager:GetSecretValue", undefined, "*")),
      says: [
        /^document policies of the role secrets-writers: added by hand: ByHand/,
        /^layer policies of the role .*secrets-writers: its Allow/,
      ],
    },
  ];
}
